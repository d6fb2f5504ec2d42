namespace EmbeddedStore.Storage;

/// <summary>
/// What changed between two views of a record table. Whole parts that both share are passed over, so that it costs
/// what the changes cost, not what the table holds.
/// </summary>
internal static class RecordChanges
{
    /// <summary>The records of <paramref name="now"/> that are new or lie elsewhere than in <paramref name="before"/>.</summary>
    public static List<long> Between(RecordTableView before, RecordTableView now)
    {
        var changed = new List<long>();
        Collect(before.Height > now.Height ? null : before.Root, before.Height, now.Root, now.Height, 0, changed);
        return changed;
    }

    private static void Collect(RecordNode? before, int beforeHeight, RecordNode? now, int level, long floor, List<long> changed)
    {
        if (now is null || ReferenceEquals(before, now))
            return;
        if (now is RecordLeaf leaf)
        {
            for (var slot = 0; slot < RecordNode.Width; slot++)
                if (!leaf.Places[slot].IsEmpty && leaf.Places[slot] != (before as RecordLeaf)?.Places[slot])
                    changed.Add(floor + slot);
            return;
        }
        var branch = (RecordBranch)now;
        for (var slot = 0; slot < RecordNode.Width; slot++)
        {
            var old = level == beforeHeight ? (before as RecordBranch)?.Children[slot] : slot == 0 ? before : null;
            Collect(old, Math.Min(beforeHeight, level - 1), branch.Children[slot], level - 1, floor + ((long)slot << (RecordNode.Bits * level)), changed);
        }
    }
}
