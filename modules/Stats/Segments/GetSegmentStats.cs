using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>How many accounts were in each segment, day by day, in the tenant's time zone.</summary>
internal static class GetSegmentStats
{
    public static async Task<Results<Ok<SegmentStatsAnswer>, ProblemHttpResult>> Handle(
        Caller caller, ISegments segments, Tenants tenants, SegmentDayStore days, TimeProvider time, CancellationToken cancellationToken,
        DateOnly? from = null, DateOnly? to = null)
    {
        var zone = await tenants.ZoneOfAsync(caller.Tenant, cancellationToken);
        var today = zone.DayOf(time.GetUtcNow());
        var period = Period.Of(from, to, today);
        if (period.Fault is { } fault)
            return Problems.Validation("from", fault);
        var found = await days.OfPeriodAsync(caller.Tenant, period.First, period.Last, cancellationToken);
        var known = await segments.OfAsync(caller.Tenant, cancellationToken);
        return TypedResults.Ok(new SegmentStatsAnswer(
            zone.Id, [.. known.Select(segment => new SegmentAnswer(segment.Name, segment.ComputedAt))],
            Days(period.Days.TakeWhile(day => day <= today), found, [.. known.Select(segment => segment.Name)])));
    }

    /// <summary>Each day as it is, or as the last one before it has left it.</summary>
    /// <param name="names">Segments that are shown also where nobody is in them.</param>
    internal static IReadOnlyList<SegmentDayAnswer> Days(IEnumerable<DateOnly> days, IReadOnlyList<SegmentDay> found, IReadOnlyList<string> names)
    {
        var answers = new List<SegmentDayAnswer>();
        foreach (var day in days)
        {
            var standing = found.Where(known => known.Day <= day).MaxBy(known => known.Day);
            var accounts = new SortedDictionary<string, long>(names.ToDictionary(name => name, _ => 0L), StringComparer.Ordinal);
            foreach (var (name, count) in standing?.Accounts ?? new Dictionary<string, long>())
                accounts[name] = count;
            answers.Add(new SegmentDayAnswer(day, accounts, standing?.Day == day ? standing.Moves : []));
        }
        return answers;
    }
}

/// <param name="TimeZone">The tenant's zone, in which days begin and end.</param>
/// <param name="Segments">The tenant's segments, in the order in which accounts are tried against them.</param>
/// <param name="Days">Every day of the period up to today.</param>
internal sealed record SegmentStatsAnswer(string TimeZone, IReadOnlyList<SegmentAnswer> Segments, IReadOnlyList<SegmentDayAnswer> Days);

/// <param name="ComputedAt">As of when all accounts were last placed. Absent while they are being placed after a change of the segments.</param>
internal sealed record SegmentAnswer(string Name, DateTimeOffset? ComputedAt);

/// <param name="Accounts">By segment, how many accounts were in it at the end of the day; today, how many are now.</param>
/// <param name="Moves">How they came there, on that day.</param>
internal sealed record SegmentDayAnswer(DateOnly Day, IReadOnlyDictionary<string, long> Accounts, IReadOnlyList<SegmentMoves> Moves);
