namespace EmbeddedStore.Storage;

internal readonly record struct RecordTableView(RecordNode? Root, int Height, long Count)
{
    private const int Bits = 6;
    private const int Width = 1 << Bits;

    public Place this[long record]
    {
        get
        {
            var node = record >> (Bits * (Height + 1)) > 0 ? null : Root;
            for (var level = Height; node is not null && level > 0; level--)
                node = node.Children![(int)(record >> (Bits * level)) & (Width - 1)];
            return node is null ? default : node.Places![(int)record & (Width - 1)];
        }
    }

    /// <summary>The first record from <paramref name="from"/> on, or -1.</summary>
    public long NextFrom(long from) => Root is null || from >> (Bits * (Height + 1)) > 0 ? -1 : Next(Root, Height, from);

    /// <summary>The last record up to <paramref name="to"/>, or -1.</summary>
    public long LastUpTo(long to) =>
        Root is null || to < 0 ? -1 : Last(Root, Height, to >> (Bits * (Height + 1)) > 0 ? (1L << (Bits * (Height + 1))) - 1 : to);

    private static long Next(RecordNode node, int level, long from)
    {
        var start = (int)(from >> (Bits * level)) & (Width - 1);
        for (var slot = start; slot < Width; slot++)
        {
            var floor = ((from >> (Bits * (level + 1))) << (Bits * (level + 1))) | ((long)slot << (Bits * level));
            if (node.Places is { } places)
            {
                if (!places[slot].IsEmpty)
                    return floor;
            }
            else if (node.Children![slot] is { } child && Next(child, level - 1, slot == start ? from : floor) is >= 0 and var found)
            {
                return found;
            }
        }
        return -1;
    }

    private static long Last(RecordNode node, int level, long to)
    {
        var start = (int)(to >> (Bits * level)) & (Width - 1);
        for (var slot = start; slot >= 0; slot--)
        {
            var floor = ((to >> (Bits * (level + 1))) << (Bits * (level + 1))) | ((long)slot << (Bits * level));
            if (node.Places is { } places)
            {
                if (!places[slot].IsEmpty)
                    return floor;
            }
            else if (node.Children![slot] is { } child
                && Last(child, level - 1, slot == start ? to : floor + (1L << (Bits * level)) - 1) is >= 0 and var found)
            {
                return found;
            }
        }
        return -1;
    }
}
