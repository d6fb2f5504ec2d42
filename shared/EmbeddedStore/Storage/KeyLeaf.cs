namespace EmbeddedStore.Storage;

/// <summary>A page of a <see cref="KeyTree"/>: some sixty keys packed into one array, so that the collector sees few objects.</summary>
internal sealed class KeyLeaf(object owner) : KeyNode(owner)
{
    public const int MostKeys = 64;
    public const int MostBytes = 8192;

    private int[] ends = new int[8];
    private byte[] bytes = new byte[256];

    /// <summary>A page of keys that are in order already.</summary>
    public static KeyLeaf Of(object owner, ReadOnlySpan<int> ends, ReadOnlySpan<byte> bytes) =>
        new(owner) { Count = ends.Length, ends = ends.ToArray(), bytes = bytes.ToArray() };

    public ReadOnlySpan<byte> this[int index] => bytes.AsSpan(Start(index), ends[index] - Start(index));

    private int Start(int index) => index == 0 ? 0 : ends[index - 1];

    private int Used => Count == 0 ? 0 : ends[Count - 1];

    public override ReadOnlySpan<byte> First => this[0];

    /// <summary>The place of the first key that is not below <paramref name="key"/>.</summary>
    public int LowerBound(ReadOnlySpan<byte> key)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (this[middle].SequenceCompareTo(key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    public override KeyNode Insert(object writer, ReadOnlySpan<byte> key, out KeyNode? split, out bool added)
    {
        split = null;
        var at = LowerBound(key);
        added = at == Count || !this[at].SequenceEqual(key);
        if (!added)
            return this;
        var leaf = Owner == writer ? this : Copy(writer, 0, Count);
        if (leaf.Count < 2 || (leaf.Count < MostKeys && leaf.Used + key.Length <= MostBytes))
        {
            leaf.Put(at, key);
            return leaf;
        }
        // Note: ids mostly grow; a split at the right edge leaves the left page full.
        var middle = at == leaf.Count ? leaf.Count : leaf.Count / 2;
        var right = leaf.Copy(writer, middle, leaf.Count);
        leaf.Count = middle;
        if (at > middle || right.Count == 0)
            right.Put(at - middle, key);
        else
            leaf.Put(at, key);
        split = right;
        return leaf;
    }

    public override KeyNode? Remove(object writer, ReadOnlySpan<byte> key, out bool removed)
    {
        var at = LowerBound(key);
        removed = at < Count && this[at].SequenceEqual(key);
        if (!removed)
            return this;
        if (Count == 1)
            return null;
        var leaf = Owner == writer ? this : Copy(writer, 0, Count);
        leaf.Take(at);
        return leaf;
    }

    /// <summary>This page and the next in one, where both are nearly empty.</summary>
    public KeyLeaf? MergeWith(object writer, KeyLeaf next)
    {
        if (Count + next.Count > MostKeys / 2 || Used + next.Used > MostBytes / 2)
            return null;
        var merged = Copy(writer, 0, Count);
        for (var i = 0; i < next.Count; i++)
            merged.Put(merged.Count, next[i]);
        return merged;
    }

    private KeyLeaf Copy(object writer, int from, int to)
    {
        var start = from == 0 ? 0 : ends[from - 1];
        var used = to == from ? 0 : ends[to - 1] - start;
        var copy = new KeyLeaf(writer) { Count = to - from, ends = new int[to - from + 4], bytes = new byte[used + 64] };
        bytes.AsSpan(start, used).CopyTo(copy.bytes);
        for (var i = from; i < to; i++)
            copy.ends[i - from] = ends[i] - start;
        return copy;
    }

    private void Put(int at, ReadOnlySpan<byte> key)
    {
        var used = Used;
        if (Count == ends.Length)
            Array.Resize(ref ends, Math.Min(Math.Max(MostKeys, Count + 1), Count * 2 + 4));
        if (used + key.Length > bytes.Length)
            Array.Resize(ref bytes, used + key.Length + Math.Min(used, MostBytes / 8));
        var start = Start(at);
        bytes.AsSpan(start, used - start).CopyTo(bytes.AsSpan(start + key.Length));
        key.CopyTo(bytes.AsSpan(start));
        for (var i = Count; i > at; i--)
            ends[i] = ends[i - 1] + key.Length;
        ends[at] = start + key.Length;
        Count++;
    }

    private void Take(int at)
    {
        var start = Start(at);
        var length = ends[at] - start;
        bytes.AsSpan(ends[at], Used - ends[at]).CopyTo(bytes.AsSpan(start));
        for (var i = at; i < Count - 1; i++)
            ends[i] = ends[i + 1] - length;
        Count--;
    }
}
