using System.Globalization;

namespace EmbeddedStore.Storage;

/// <summary>
/// How much the store may hold so that it can be opened again: what would go beyond is refused. What is written is counted, and the file
/// looked at only where that count comes near the bound.
/// </summary>
internal sealed class Room(string path, long limit, long used)
{
    /// <summary>A part of what could be opened is kept free: rows take a little more in the file than their bytes.</summary>
    private const double Most = 0.95;

    private const double Near = 0.9;
    private const double PerByte = 1.4;

    private readonly long most = (long)(limit / MemoryGuard.PerFileByte * Most);
    private long used = used;
    private long open;
    private long underWay;
    private volatile bool refused;

    /// <summary>Why writes that add something are refused; null where there is room.</summary>
    public string? Reason => refused ? Message : null;

    private string Message => string.Create(CultureInfo.InvariantCulture,
        $"{path} holds as much as can be opened again with {limit >> 20} MB of memory: what adds to it is refused. "
        + $"Delete something, give the process more memory, or move the data to a MongoDB server.");

    /// <summary>In the write lock, before so many bytes are added.</summary>
    public void Take(int bytes)
    {
        if (bytes <= 0)
            return;
        var more = (long)(bytes * PerByte);
        if (Interlocked.Read(ref used) + Interlocked.Read(ref underWay) + open + more > most)
        {
            refused = true;
            throw OutageException.TooLarge(Message);
        }
        refused = false;
        open += more;
    }

    /// <summary>In the write lock, when a group closes.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref underWay, open);
        open = 0;
    }

    /// <summary>In the write lock, when what was taken is given up.</summary>
    public void Reset()
    {
        Interlocked.Exchange(ref underWay, 0);
        open = 0;
    }

    /// <summary>A group is on disk.</summary>
    public void Settle(Journal journal)
    {
        var now = Interlocked.Read(ref used) + Interlocked.Exchange(ref underWay, 0);
        if (now > most * Near || refused)
        {
            now = journal.UsedBytes();
            refused &= now > most * Near;
        }
        Interlocked.Exchange(ref used, now);
    }
}
