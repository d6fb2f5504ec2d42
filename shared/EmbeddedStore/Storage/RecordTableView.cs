namespace EmbeddedStore.Storage;

internal readonly record struct RecordTableView(RecordNode? Root, int Height, long Count)
{
    private const int Bits = RecordNode.Bits;

    public Place this[long record]
    {
        get
        {
            var node = record >> (Bits * (Height + 1)) > 0 ? null : Root;
            for (var level = Height; node is not null && level > 0; level--)
                node = ((RecordBranch)node).Children[RecordNode.SlotOf(record, level)];
            return node is RecordLeaf leaf ? leaf.Places[RecordNode.SlotOf(record, 0)] : default;
        }
    }

    /// <summary>The first record from <paramref name="from"/> on, or -1.</summary>
    public long NextFrom(long from) => Root is null || from >> (Bits * (Height + 1)) > 0 ? -1 : Next(Root, Height, from);

    /// <summary>The last record up to <paramref name="to"/>, or -1.</summary>
    public long LastUpTo(long to) =>
        Root is null || to < 0 ? -1 : Last(Root, Height, to >> (Bits * (Height + 1)) > 0 ? (1L << (Bits * (Height + 1))) - 1 : to);

    private static long Next(RecordNode node, int level, long from)
    {
        var start = RecordNode.SlotOf(from, level);
        for (var slot = start; slot < RecordNode.Width; slot++)
        {
            var floor = ((from >> (Bits * (level + 1))) << (Bits * (level + 1))) | ((long)slot << (Bits * level));
            if (node is RecordLeaf leaf)
            {
                if (!leaf.Places[slot].IsEmpty)
                    return floor;
            }
            else if (((RecordBranch)node).Children[slot] is { } child && Next(child, level - 1, slot == start ? from : floor) is >= 0 and var found)
            {
                return found;
            }
        }
        return -1;
    }

    private static long Last(RecordNode node, int level, long to)
    {
        var start = RecordNode.SlotOf(to, level);
        for (var slot = start; slot >= 0; slot--)
        {
            var floor = ((to >> (Bits * (level + 1))) << (Bits * (level + 1))) | ((long)slot << (Bits * level));
            if (node is RecordLeaf leaf)
            {
                if (!leaf.Places[slot].IsEmpty)
                    return floor;
            }
            else if (((RecordBranch)node).Children[slot] is { } child
                && Last(child, level - 1, slot == start ? to : floor + (1L << (Bits * level)) - 1) is >= 0 and var found)
            {
                return found;
            }
        }
        return -1;
    }
}
