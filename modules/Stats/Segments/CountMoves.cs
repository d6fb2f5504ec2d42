using Loyalty.Events.Contracts;

namespace Loyalty.Stats;

/// <summary>Adds the moves of a pass to the days of their tenants' segments.</summary>
internal static class CountMoves
{
    /// <summary>From which day on days must be loaded, by tenant. Note: what was accepted before midnight may be decided when the new day has begun.</summary>
    public static IEnumerable<(string Tenant, DateOnly First)> Needed(Pass pass) =>
        pass.Additions<SegmentMove>().All.GroupBy(move => move.Tenant, (tenant, moves) => (tenant, moves.Min(move => move.Day)));

    /// <param name="found">All days from the first one on, and the last before it.</param>
    public static void Load(Pass pass, IEnumerable<SegmentDay> found)
    {
        var days = pass.Documents<SegmentDay>();
        days.Load(pass.Additions<SegmentMove>().All.Select(move => SegmentDay.IdOf(move.Tenant, move.Day)), found);
    }

    public static void Apply(Pass pass)
    {
        foreach (var moves in pass.Additions<SegmentMove>().All.GroupBy(move => (move.Tenant, move.Day)).OrderBy(moves => moves.Key.Day))
            Add(pass.Documents<SegmentDay>(), moves.Key.Tenant, moves.Key.Day, [.. moves]);
    }

    private static void Add(Documents<SegmentDay> days, string tenant, DateOnly day, IReadOnlyCollection<SegmentMove> moves)
    {
        var id = SegmentDay.IdOf(tenant, day);
        var others = days.Of(tenant);
        var known = days.Find(id) ?? new SegmentDay
        {
            Id = id,
            Tenant = tenant,
            Day = day,
            Accounts = others.Where(other => other.Day < day).MaxBy(other => other.Day)?.Accounts ?? new Dictionary<string, long>(),
        };
        days.Put(known with { Accounts = Counted(known.Accounts, moves), Moves = Counted(known.Moves, moves) });
        foreach (var later in others.Where(other => other.Day > day))
            days.Put(later with { Accounts = Counted(later.Accounts, moves) });
    }

    private static SortedDictionary<string, long> Counted(IReadOnlyDictionary<string, long> accounts, IEnumerable<SegmentMove> moves)
    {
        var counts = new Dictionary<string, long>(accounts, StringComparer.Ordinal);
        foreach (var move in moves)
        {
            if (move.From is { } from)
                counts[from] = counts.GetValueOrDefault(from) - 1;
            if (move.To is { } to)
                counts[to] = counts.GetValueOrDefault(to) + 1;
        }
        return new(counts.Where(count => count.Value != 0).ToDictionary(), StringComparer.Ordinal);
    }

    private static SegmentMoves[] Counted(IReadOnlyList<SegmentMoves> known, IEnumerable<SegmentMove> moves) =>
    [
        .. known.Concat(moves.Select(move => new SegmentMoves(move.From, move.To, 1)))
            .GroupBy(move => (move.From, move.To), (way, same) => new SegmentMoves(way.From, way.To, same.Sum(move => move.Count)))
            .OrderBy(move => move.From, StringComparer.Ordinal).ThenBy(move => move.To, StringComparer.Ordinal),
    ];
}
