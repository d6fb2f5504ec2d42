using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>
/// An operator has the days of the tenant's segments counted anew from its facts: each entry sets some days. The moves of the pass itself are
/// added afterwards, like those of any pass.
/// </summary>
internal sealed class RebuildSegments(MoveStore moves, SegmentDayStore days) : EntryHandler<RebuildSegments.Body, RebuildSegments.Stretch>
{
    private const int Days = 7;

    /// <param name="From">Where this entry's stretch of days begins; null: at the first day there is.</param>
    [EntryKind("stats.rebuild-segments")]
    internal sealed record Body(DateOnly? From);

    /// <summary>A stretch of days as the moves say they are.</summary>
    /// <param name="Standing">Days that have counts now, and the last one before the stretch.</param>
    /// <param name="Next">Where the next stretch begins; null: this is the last one.</param>
    internal sealed record Stretch(DateOnly First, ILookup<DateOnly, SegmentMoves> Counted, IReadOnlyList<SegmentDay> Standing, DateOnly? Next);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(Caller caller, IInbox inbox, TimeProvider time) =>
        await inbox.DecideAsync(NewEntry.Once(caller.Tenant, new Body(null), time.GetUtcNow())) is { } problem
            ? problem
            : TypedResults.Accepted("/api/stats/segments");

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override async Task<Stretch> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken)
    {
        var first = await NextDayAsync(entry.Tenant, body.From ?? DateOnly.MinValue, cancellationToken) ?? DateOnly.MinValue;
        var last = first.AddDays(Days - 1);
        return new(
            first, await moves.CountAsync(entry.Tenant, first, last, cancellationToken), await days.OfPeriodAsync(entry.Tenant, first, last, cancellationToken),
            await NextDayAsync(entry.Tenant, last.AddDays(1), cancellationToken));
    }

    /// <summary>Note: days that have counts although no move says so are set as the day before has left them.</summary>
    protected override Task DecideAsync(Pass pass, Entry entry, Body body, Stretch prepared)
    {
        pass.Documents<SegmentDay>().Load(prepared.Standing);
        var before = prepared.Standing.Where(day => day.Day < prepared.First).MaxBy(day => day.Day);
        var standing = prepared.Standing.Select(day => day.Day).Where(day => day >= prepared.First);
        foreach (var day in standing.Concat(prepared.Counted.Select(counted => counted.Key)).Distinct().Order())
            pass.Put(before = CountMoves.DayOf(entry.Tenant, day, before, [.. prepared.Counted[day]]));
        if (prepared.Next is { } next)
            pass.Append(new Body(next));
        return Task.CompletedTask;
    }

    /// <summary>The first day from this one on that has moves or counts.</summary>
    private async Task<DateOnly?> NextDayAsync(string tenant, DateOnly from, CancellationToken cancellationToken) => FirstDay.Of(
        await moves.NextDayAsync(tenant, from, cancellationToken), await days.NextDayAsync(tenant, from, cancellationToken));
}
