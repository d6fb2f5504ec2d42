using Loyalty.Events.Contracts;

namespace Loyalty.Stats;

/// <summary>Takes in the facts of a pass, and counts them into days and totals once all are known.</summary>
internal sealed class StatsPart(FactStore facts, DayStore days, TotalStore totals, MoveStore moves, SegmentDayStore segments) : IPassPart
{
    public async Task LoadAsync(Pass pass, CancellationToken cancellationToken)
    {
        Use(pass);
        foreach (var entry in pass.Entries.Where(entry => entry.Kind == RebuildFigures.Kind))
            await LoadRebuildAsync(pass, entry, entry.Read<RebuildFigures.Body>(), cancellationToken);
        foreach (var entry in pass.Entries.Where(entry => entry.Kind == RebuildSegments.Kind))
            await LoadSegmentRebuildAsync(pass, entry, entry.Read<RebuildSegments.Body>(), cancellationToken);
    }

    public async Task AfterEntriesAsync(Pass pass, CancellationToken cancellationToken)
    {
        var needed = CountFacts.Needed(pass);
        var foundDays = days.FindAsync(needed.Days, cancellationToken);
        var foundTotals = totals.FindAsync(needed.Totals, cancellationToken);
        var foundSegments = Task.WhenAll(CountMoves.Needed(pass).Select(need => segments.OfPeriodAsync(need.Tenant, need.First, DateOnly.MaxValue, cancellationToken)));
        pass.Documents<CampaignDay>().Load(needed.Days, await foundDays);
        pass.Documents<CampaignTotal>().Load(needed.Totals, await foundTotals);
        CountMoves.Load(pass, (await foundSegments).SelectMany(found => found));
        CountFacts.Apply(pass);
        CountMoves.Apply(pass);
    }

    public static void Use(Pass pass)
    {
        pass.Use(new Additions<Fact>(FactStore.Name));
        pass.Use(new Additions<SegmentMove>(MoveStore.Name));
        pass.Use(new Documents<CampaignDay>(DayStore.Name, day => Key.Of(day.Tenant, day.Campaign)));
        pass.Use(new Documents<CampaignTotal>(TotalStore.Name));
        pass.Use(new Documents<SegmentDay>(SegmentDayStore.Name, day => day.Tenant));
        pass.Hold(new Rebuilds());
    }

    private async Task LoadRebuildAsync(Pass pass, Entry entry, RebuildFigures.Body body, CancellationToken cancellationToken)
    {
        var first = await NextDayAsync(entry.Tenant, body.Campaign, body.From ?? DateOnly.MinValue, cancellationToken) ?? DateOnly.MinValue;
        var last = first.AddDays(Rebuild.Days - 1);
        var next = await NextDayAsync(entry.Tenant, body.Campaign, last.AddDays(1), cancellationToken);
        var counted = await facts.CountAsync(entry.Tenant, body.Campaign, first, last, cancellationToken);
        var standing = await days.OfPeriodAsync(
            entry.Tenant, body.Campaign, next is null ? DateOnly.MinValue : first, next is null ? DateOnly.MaxValue : last, cancellationToken);
        pass.Documents<CampaignDay>().Load(Enumerable.Range(0, Rebuild.Days).Select(day => CampaignDay.IdOf(entry.Tenant, body.Campaign, first.AddDays(day))), standing);
        pass.Held<Rebuilds>().ByEntry[entry.Id] = new Rebuild(entry.Tenant, body.Campaign, first, last, counted, next, entry.AcceptedAt);
    }

    private async Task LoadSegmentRebuildAsync(Pass pass, Entry entry, RebuildSegments.Body body, CancellationToken cancellationToken)
    {
        var first = await NextDayAsync(entry.Tenant, body.From ?? DateOnly.MinValue, cancellationToken) ?? DateOnly.MinValue;
        var last = first.AddDays(Rebuild.Days - 1);
        pass.Held<Rebuilds>().OfSegmentsByEntry[entry.Id] = new SegmentRebuild(
            entry.Tenant, first, last, await moves.CountAsync(entry.Tenant, first, last, cancellationToken),
            await NextDayAsync(entry.Tenant, last.AddDays(1), cancellationToken));
    }

    /// <summary>The first day from this one on that has facts or figures.</summary>
    private async Task<DateOnly?> NextDayAsync(string tenant, string campaign, DateOnly from, CancellationToken cancellationToken) => Sooner(
        await facts.NextDayAsync(tenant, campaign, from, cancellationToken), await days.NextDayAsync(tenant, campaign, from, cancellationToken));

    /// <summary>The first day from this one on that has moves or counts.</summary>
    private async Task<DateOnly?> NextDayAsync(string tenant, DateOnly from, CancellationToken cancellationToken) => Sooner(
        await moves.NextDayAsync(tenant, from, cancellationToken), await segments.NextDayAsync(tenant, from, cancellationToken));

    private static DateOnly? Sooner(DateOnly? one, DateOnly? other) => one < other || other is null ? one : other;
}
