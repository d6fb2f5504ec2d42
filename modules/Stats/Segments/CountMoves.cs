namespace Loyalty.Stats;

/// <summary>Adds the moves of a pass to the days of their tenants' segments.</summary>
internal sealed class CountMoves(SegmentDayStore store) : IAfterEntries
{
    public void Needs(Needs needs, Pass pass)
    {
    }

    /// <summary>Note: what was accepted before midnight may be decided when the new day has begun; then later days change, too.</summary>
    public async Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken)
    {
        foreach (var ofTenant in pass.Additions<SegmentMove>().All.GroupBy(move => move.Tenant))
        {
            pass.Documents<SegmentDay>().Load(await store.OfPeriodAsync(ofTenant.Key, ofTenant.Min(move => move.Day), DateOnly.MaxValue, cancellationToken));
            foreach (var ofDay in ofTenant.GroupBy(move => move.Day).OrderBy(ofDay => ofDay.Key))
                Add(pass, ofTenant.Key, ofDay.Key, [.. ofDay.Select(move => new SegmentMoves(move.From, move.To, 1))]);
        }
    }

    /// <summary>A day of moves alone, as it follows the last day before it.</summary>
    public static SegmentDay DayOf(string tenant, DateOnly day, SegmentDay? before, IReadOnlyCollection<SegmentMoves> moves) => new()
    {
        Id = SegmentDay.IdOf(tenant, day),
        Tenant = tenant,
        Day = day,
        Accounts = Counted(before?.Accounts ?? new Dictionary<string, long>(), moves),
        Moves = Counted([], moves),
    };

    private static void Add(Pass pass, string tenant, DateOnly day, IReadOnlyCollection<SegmentMoves> moves)
    {
        var days = pass.Documents<SegmentDay>();
        SegmentDay[] known = [.. days.Loaded.Where(other => other.Tenant == tenant)];
        pass.Put(days.Peek(SegmentDay.IdOf(tenant, day)) is { } begun
            ? begun with { Accounts = Counted(begun.Accounts, moves), Moves = Counted(begun.Moves, moves) }
            : DayOf(tenant, day, known.Where(other => other.Day < day).MaxBy(other => other.Day), moves));
        foreach (var later in known.Where(other => other.Day > day))
            pass.Put(later with { Accounts = Counted(later.Accounts, moves) });
    }

    private static SortedDictionary<string, long> Counted(IReadOnlyDictionary<string, long> accounts, IEnumerable<SegmentMoves> moves)
    {
        var counts = new Dictionary<string, long>(accounts, StringComparer.Ordinal);
        foreach (var move in moves)
        {
            if (move.From is { } from)
                counts[from] = counts.GetValueOrDefault(from) - move.Count;
            if (move.To is { } to)
                counts[to] = counts.GetValueOrDefault(to) + move.Count;
        }
        return new(counts.Where(count => count.Value != 0).ToDictionary(), StringComparer.Ordinal);
    }

    private static SegmentMoves[] Counted(IReadOnlyList<SegmentMoves> known, IEnumerable<SegmentMoves> moves) =>
    [
        .. known.Concat(moves)
            .GroupBy(move => (move.From, move.To), (way, same) => new SegmentMoves(way.From, way.To, same.Sum(move => move.Count)))
            .OrderBy(move => move.From, StringComparer.Ordinal).ThenBy(move => move.To, StringComparer.Ordinal),
    ];
}
