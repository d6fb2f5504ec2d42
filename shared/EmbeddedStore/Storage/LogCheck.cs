using System.Buffers.Binary;

namespace EmbeddedStore.Storage;

/// <summary>
/// Whether the write-ahead log beside a file belongs to it. SQLite plays in whatever whole log lies there; one of another file, or of another
/// state of the same file, would leave a mixture of both. Reads the bytes as they lie, before SQLite does (format: sqlite.org/walformat.html).
/// </summary>
internal static class LogCheck
{
    private const uint Magic = 0x377F0682;
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;

    /// <param name="path">The file that has the log.</param>
    /// <param name="file">The same file, open.</param>
    public static void RequireOwn(string path, Stream file)
    {
        var log = path + "-wal";
        if (!File.Exists(log) || new FileInfo(log).Length < HeaderLength)
            return;
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        var page = new byte[StoreHeader.Length];
        file.Position = 0;
        var isWhole = file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length;
        if (!isWhole || !StoreHeader.IsOurs(page))
            throw isWhole ? new StoreFileException($"{path} is not a database of this store. It was left as it is.") : Foreign(path);
        var number = StoreHeader.LogIn(page);
        if (number == 0 || Numbers(stream, path) is not { } numbers)
            return;
        var (first, last) = numbers;
        // Note: the file is as the log found it, or has parts of the log already, up to all of it.
        if (first == 0 || StoreHeader.Steps(StoreHeader.Next(number), first) != 0 && StoreHeader.Steps(first, number) > StoreHeader.Steps(first, last))
            throw Foreign(path);
    }

    /// <summary>The first and the last number in the log; 0 where its first transaction has none; null where the log holds no transaction.</summary>
    private static (int First, int Last)? Numbers(FileStream log, string path)
    {
        var header = new byte[HeaderLength];
        log.ReadExactly(header);
        if (!header.AsSpan().ContainsAnyExcept((byte)0))
            return null;
        if ((BinaryPrimitives.ReadUInt32BigEndian(header) & ~1u) != Magic)
            throw Foreign(path);
        var pageSize = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8));
        var salts = header[16..24];
        var frame = new byte[FrameHeaderLength + StoreHeader.Length];
        int first = 0, last = 0, pending = 0;
        var transactions = 0;
        for (var at = (long)HeaderLength; at + FrameHeaderLength + pageSize <= log.Length; at += FrameHeaderLength + pageSize)
        {
            log.Position = at;
            log.ReadExactly(frame);
            // Note: behind the last frame of this log may lie frames of the one before.
            if (!frame.AsSpan(8, 8).SequenceEqual(salts))
                break;
            if (BinaryPrimitives.ReadInt32BigEndian(frame) == 1)
                pending = StoreHeader.LogIn(frame.AsSpan(FrameHeaderLength));
            if (BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(4)) == 0)
                continue;
            if (transactions++ == 0)
                first = pending;
            last = pending;
        }
        return transactions == 0 ? null : (first, last);
    }

    private static StoreFileException Foreign(string path) => new(
        $"{path}-wal does not belong to {path}: it is the log of another file, or of another state of this one. Both were left as they are. "
        + "Put the file and its log back as they were together, or restore a backup at another place.");
}
