using System.Buffers.Binary;

namespace EmbeddedStore.Storage;

internal sealed class KeyBranch : KeyNode
{
    public const int MostChildren = 64;

    /// <summary>The lowest key that each child may hold; the first one counts as below everything.</summary>
    private readonly byte[][] lows = new byte[MostChildren][];
    private readonly KeyNode[] children = new KeyNode[MostChildren];

    /// <summary>Of each low the eight bytes behind what all have in common: a search nearly always ends here, and meets one array only.</summary>
    private readonly ulong[] heads = new ulong[MostChildren];
    private int common;

    private KeyBranch(object owner) : base(owner) { }

    public KeyBranch(object owner, KeyNode left, KeyNode right) : base(owner)
    {
        Put(0, [], left);
        Put(1, right.First.ToArray(), right);
    }

    /// <summary>A branch over children that are in order already.</summary>
    public static KeyBranch Of(object owner, ReadOnlySpan<KeyNode> children)
    {
        var branch = new KeyBranch(owner) { Count = children.Length };
        for (var i = 0; i < children.Length; i++)
            (branch.lows[i], branch.children[i]) = (i == 0 ? [] : children[i].First.ToArray(), children[i]);
        branch.TakeHeads();
        return branch;
    }

    public KeyNode this[int index] => children[index];

    public override ReadOnlySpan<byte> First => children[0].First;

    /// <summary>The child whose range holds <paramref name="key"/>.</summary>
    public int ChildFor(ReadOnlySpan<byte> key)
    {
        if (Count == 1)
            return 0;
        var order = key[..Math.Min(common, key.Length)].SequenceCompareTo(lows[1].AsSpan(0, common));
        if (order != 0)
            return order < 0 ? 0 : Count - 1;
        var head = HeadOf(key);
        int low = 1, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (heads[middle] < head || (heads[middle] == head && lows[middle].AsSpan().SequenceCompareTo(key) <= 0))
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    /// <summary>Zeros stand for what is not there; where that makes two heads equal, the whole keys are compared.</summary>
    private ulong HeadOf(ReadOnlySpan<byte> key)
    {
        var rest = key[common..];
        if (rest.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64BigEndian(rest);
        ulong head = 0;
        for (var i = 0; i < sizeof(ulong); i++)
            head = (head << 8) | (i < rest.Length ? rest[i] : 0u);
        return head;
    }

    private void TakeHeads()
    {
        common = Count > 1 ? lows[1].AsSpan().CommonPrefixLength(lows[Count - 1]) : 0;
        for (var i = 1; i < Count; i++)
            heads[i] = HeadOf(lows[i]);
    }

    public override KeyNode Insert(object writer, ReadOnlySpan<byte> key, out KeyNode? split, out bool added)
    {
        split = null;
        var at = ChildFor(key);
        var child = children[at].Insert(writer, key, out var right, out added);
        if (!added)
            return this;
        var branch = Owned(writer);
        if (branch.children[at] != child)
            branch.children[at] = child;
        if (right is null)
            return branch;
        if (branch.Count < MostChildren)
        {
            branch.Put(at + 1, right.First.ToArray(), right);
            return branch;
        }
        var middle = at + 1 == Count ? Count - 1 : Count / 2;
        var half = branch.Copy(writer, middle, branch.Count);
        Array.Clear(branch.children, middle, branch.Count - middle);
        Array.Clear(branch.lows, middle, branch.Count - middle);
        branch.Count = middle;
        if (at >= middle)
            half.Put(at + 1 - middle, right.First.ToArray(), right);
        else
            branch.Put(at + 1, right.First.ToArray(), right);
        split = half;
        return branch;
    }

    public override KeyNode? Remove(object writer, ReadOnlySpan<byte> key, out bool removed)
    {
        var at = ChildFor(key);
        var child = children[at].Remove(writer, key, out removed);
        if (!removed)
            return this;
        if (child is null && Count == 1)
            return null;
        var branch = Owned(writer);
        if (child is null)
            branch.Take(at);
        else
            branch.children[at] = child;
        branch.MergeAround(writer, Math.Min(at, branch.Count - 1));
        return branch;
    }

    private void MergeAround(object writer, int at)
    {
        if (at + 1 < Count && children[at] is KeyLeaf leaf && children[at + 1] is KeyLeaf next && leaf.MergeWith(writer, next) is { } merged)
        {
            children[at] = merged;
            Take(at + 1);
        }
    }

    private KeyBranch Owned(object writer) => Owner == writer ? this : Copy(writer, 0, Count);

    private KeyBranch Copy(object writer, int from, int to)
    {
        var copy = new KeyBranch(writer) { Count = to - from };
        Array.Copy(lows, from, copy.lows, 0, to - from);
        Array.Copy(children, from, copy.children, 0, to - from);
        Array.Copy(heads, from, copy.heads, 0, to - from);
        copy.common = common;
        return copy;
    }

    private void Put(int at, byte[] low, KeyNode child)
    {
        Array.Copy(lows, at, lows, at + 1, Count - at);
        Array.Copy(children, at, children, at + 1, Count - at);
        lows[at] = low;
        children[at] = child;
        Count++;
        TakeHeads();
    }

    private void Take(int at)
    {
        Count--;
        Array.Copy(lows, at + 1, lows, at, Count - at);
        Array.Copy(children, at + 1, children, at, Count - at);
        lows[Count] = null!;
        children[Count] = null!;
        TakeHeads();
    }
}
