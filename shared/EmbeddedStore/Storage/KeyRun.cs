using System.Buffers;
using System.Buffers.Binary;

namespace EmbeddedStore.Storage;

/// <summary>
/// Entries of an index on their way into a tree: packed one behind the other, then put in order. They are sorted by the eight bytes behind what
/// all have in common; only where those are equal whole entries are compared.
/// </summary>
internal sealed class KeyRun
{
    // Note: from a pool, because memory that is touched for the first time costs more than what is done here.
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int[] starts = ArrayPool<int>.Shared.Rent(64);
    private int used;
    private int common = -1;
    private bool isSorted = true;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int index] => At(starts[index]);

    public void Add(ReadOnlySpan<byte> key, long record)
    {
        var length = key.Length + IndexEntry.RecordLength;
        if (used + sizeof(int) + length > bytes.Length)
            bytes = Grown(bytes, used, used + sizeof(int) + length);
        if (Count == starts.Length)
            starts = Grown(starts, Count, Count + 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(used), length);
        var entry = IndexEntry.Write(bytes.AsSpan(used + sizeof(int), length), key, record);
        starts[Count] = used;
        used += sizeof(int) + length;
        if (Count > 0)
        {
            common = Math.Min(common, entry.CommonPrefixLength(this[0]));
            isSorted = isSorted && this[Count - 1].SequenceCompareTo(entry) <= 0;
        }
        else
        {
            common = length;
        }
        Count++;
    }

    public void Sort()
    {
        if (isSorted)
            return;
        var heads = ArrayPool<ulong>.Shared.Rent(Count);
        for (var i = 0; i < Count; i++)
            heads[i] = HeadOf(this[i][common..]);
        Array.Sort(heads, starts, 0, Count);
        for (int from = 0, to; from < Count; from = to)
        {
            for (to = from + 1; to < Count && heads[to] == heads[from];)
                to++;
            if (to - from > 1)
                starts.AsSpan(from, to - from).Sort((left, right) => At(left).SequenceCompareTo(At(right)));
        }
        ArrayPool<ulong>.Shared.Return(heads);
        isSorted = true;
    }

    /// <summary>Gives the memory back; there are no entries any more.</summary>
    public void Free()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<int>.Shared.Return(starts);
        (bytes, starts, used, Count) = ([], [], 0, 0);
    }

    private static T[] Grown<T>(T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(array.Length * 2, needed));
        array.AsSpan(0, used).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        return larger;
    }

    private ReadOnlySpan<byte> At(int start) => bytes.AsSpan(start + sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start)));

    private static ulong HeadOf(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(rest);
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        head.Clear();
        rest.CopyTo(head);
        return BinaryPrimitives.ReadUInt64BigEndian(head);
    }
}
