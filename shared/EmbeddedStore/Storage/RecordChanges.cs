namespace EmbeddedStore.Storage;

/// <summary>
/// What changed between two views of a record table. Whole parts that both share are passed over, so that it costs
/// what the changes cost, not what the table holds.
/// </summary>
internal static class RecordChanges
{
    private const int Bits = 6;

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
        if (now.Places is { } places)
        {
            for (var slot = 0; slot < places.Length; slot++)
                if (!places[slot].IsEmpty && places[slot] != before?.Places![slot])
                    changed.Add(floor + slot);
            return;
        }
        for (var slot = 0; slot < now.Children!.Length; slot++)
        {
            var old = level == beforeHeight ? before?.Children![slot] : slot == 0 ? before : null;
            Collect(old, Math.Min(beforeHeight, level - 1), now.Children[slot], level - 1, floor + ((long)slot << (Bits * level)), changed);
        }
    }
}
