using Loyalty.Events.Contracts;

namespace Loyalty.Stats;

/// <summary>Adds the moves of a pass to the days of their tenants' segments; a rebuild sets the days instead.</summary>
internal static class CountMoves
{
    /// <summary>From which day on days must be loaded, by tenant. Note: what was accepted before midnight may be decided when the new day has begun.</summary>
    public static IEnumerable<(string Tenant, DateOnly First)> Needed(Pass pass) =>
        pass.Additions<SegmentMove>().All.Select(move => (move.Tenant, move.Day))
            .Concat(pass.Held<Rebuilds>().OfSegmentsByEntry.Values.Select(rebuild => (rebuild.Tenant, Day: rebuild.First)))
            .GroupBy(need => need.Tenant, (tenant, needs) => (tenant, needs.Min(need => need.Day)));

    /// <param name="found">All days from the first one on, and the last before it.</param>
    public static void Load(Pass pass, IEnumerable<SegmentDay> found)
    {
        var days = pass.Documents<SegmentDay>();
        days.Load(pass.Additions<SegmentMove>().All.Select(move => SegmentDay.IdOf(move.Tenant, move.Day)), found);
    }

    public static void Apply(Pass pass)
    {
        var days = pass.Documents<SegmentDay>();
        var moves = pass.Additions<SegmentMove>().All;
        var rebuilds = pass.Held<Rebuilds>().OfSegmentsByEntry.Values;
        foreach (var rebuild in rebuilds)
            Set(days, rebuild, [.. moves.Where(rebuild.Covers)]);
        foreach (var ofDay in moves.Where(move => !rebuilds.Any(rebuild => rebuild.Covers(move))).GroupBy(move => (move.Tenant, move.Day)).OrderBy(ofDay => ofDay.Key.Day))
            Add(days, ofDay.Key.Tenant, ofDay.Key.Day, [.. ofDay.Select(One)]);
    }

    private static void Add(Documents<SegmentDay> days, string tenant, DateOnly day, IReadOnlyCollection<SegmentMoves> moves)
    {
        var known = days.Find(SegmentDay.IdOf(tenant, day)) ?? Begin(days, tenant, day);
        days.Put(known with { Accounts = Counted(known.Accounts, moves), Moves = Counted(known.Moves, moves) });
        foreach (var later in days.Of(tenant).Where(other => other.Day > day))
            days.Put(later with { Accounts = Counted(later.Accounts, moves) });
    }

    /// <summary>Note: also days that stand there though no move says so.</summary>
    private static void Set(Documents<SegmentDay> days, SegmentRebuild rebuild, IReadOnlyCollection<SegmentMove> added)
    {
        var standing = days.Of(rebuild.Tenant).Select(day => day.Day).Where(rebuild.Covers);
        foreach (var day in standing.Concat(rebuild.Counted.Select(counted => counted.Key)).Concat(added.Select(move => move.Day)).Distinct().Order().ToArray())
        {
            SegmentMoves[] moves = [.. rebuild.Counted[day], .. added.Where(move => move.Day == day).Select(One)];
            var begun = Begin(days, rebuild.Tenant, day);
            days.Put(begun with { Accounts = Counted(begun.Accounts, moves), Moves = Counted([], moves) });
        }
    }

    /// <summary>The day as the last one before it has left it.</summary>
    private static SegmentDay Begin(Documents<SegmentDay> days, string tenant, DateOnly day) => new()
    {
        Id = SegmentDay.IdOf(tenant, day),
        Tenant = tenant,
        Day = day,
        Accounts = days.Of(tenant).Where(other => other.Day < day).MaxBy(other => other.Day)?.Accounts ?? new Dictionary<string, long>(),
    };

    private static SegmentMoves One(SegmentMove move) => new(move.From, move.To, 1);

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
