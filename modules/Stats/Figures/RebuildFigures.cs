using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>
/// An operator has a campaign's figures counted anew from its facts: each entry sets some days, the last one the total. The facts of the pass
/// itself are added afterwards, like those of any pass.
/// </summary>
internal sealed class RebuildFigures(FactStore facts, DayStore days) : EntryHandler<RebuildFigures.Body, RebuildFigures.Stretch>
{
    /// <summary>How many days an entry sets. Note: few, so that no pass takes long, whatever has happened on them.</summary>
    private const int Days = 7;

    /// <param name="From">Where this entry's stretch of days begins; null: at the first day there is.</param>
    [EntryKind("stats.rebuild")]
    internal sealed record Body(string Campaign, DateOnly? From);

    /// <summary>A stretch of days as the facts say they are.</summary>
    /// <param name="Standing">Days that have figures now.</param>
    /// <param name="Next">Where the next stretch begins; null: this is the last one.</param>
    /// <param name="All">Where this is the last stretch: all days of the campaign.</param>
    internal sealed record Stretch(
        IReadOnlyDictionary<DateOnly, FigureCounter> Counted, IReadOnlyList<CampaignDay> Standing, DateOnly? Next, IReadOnlyList<CampaignDay> All);

    public static async Task<Results<Accepted, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, ICampaignCatalogue campaigns, IInbox inbox, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await campaigns.FigureNameAsync(caller.Tenant, campaign, cancellationToken) is not { } figures)
            return Problems.NotFound("campaign_not_found", $"There is no campaign {campaign}.");
        return await inbox.DecideAsync(NewEntry.Once(caller.Tenant, new Body(figures, null), time.GetUtcNow())) is { } problem
            ? problem
            : TypedResults.Accepted($"/api/stats/campaign/global?name={campaign}");
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Document<CampaignTotal>(Key.Of(entry.Tenant, body.Campaign));

    protected override async Task<Stretch> ReadAsync(Pass pass, Entry entry, Body body, CancellationToken cancellationToken)
    {
        var first = await NextDayAsync(entry.Tenant, body.Campaign, body.From ?? DateOnly.MinValue, cancellationToken) ?? DateOnly.MinValue;
        var last = first.AddDays(Days - 1);
        var next = await NextDayAsync(entry.Tenant, body.Campaign, last.AddDays(1), cancellationToken);
        return new(
            await facts.CountAsync(entry.Tenant, body.Campaign, first, last, cancellationToken),
            await days.OfPeriodAsync(entry.Tenant, body.Campaign, first, last, cancellationToken), next,
            next is null ? await days.OfPeriodAsync(entry.Tenant, body.Campaign, DateOnly.MinValue, DateOnly.MaxValue, cancellationToken) : []);
    }

    /// <summary>Note: days that have figures although no fact says so are set to nothing.</summary>
    protected override Task DecideAsync(Pass pass, Entry entry, Body body, Stretch prepared)
    {
        pass.Documents<CampaignDay>().Load(prepared.Standing);
        var set = new Dictionary<string, CampaignDay>(StringComparer.Ordinal);
        foreach (var day in prepared.Standing.Select(day => day.Day).Concat(prepared.Counted.Keys).Distinct())
        {
            var empty = CampaignDay.Empty(entry.Tenant, body.Campaign, day);
            var counted = prepared.Counted.TryGetValue(day, out var known) ? empty with { Figures = known.Figures, Facts = known.Facts } : empty;
            pass.Put(counted);
            set[counted.Id] = counted;
        }
        if (prepared.Next is { } next)
        {
            pass.Append(body with { From = next });
            return Task.CompletedTask;
        }
        var total = pass.Find<CampaignTotal>(Key.Of(entry.Tenant, body.Campaign)) ?? CampaignTotal.Empty(entry.Tenant, body.Campaign);
        CampaignDay[] all = [.. prepared.All.Where(day => !set.ContainsKey(day.Id)), .. set.Values];
        pass.Put(total.Of(all, entry.AcceptedAt));
        return Task.CompletedTask;
    }

    /// <summary>The first day from this one on that has facts or figures.</summary>
    private async Task<DateOnly?> NextDayAsync(string tenant, string campaign, DateOnly from, CancellationToken cancellationToken) => FirstDay.Of(
        await facts.NextDayAsync(tenant, campaign, from, cancellationToken), await days.NextDayAsync(tenant, campaign, from, cancellationToken));
}

internal static class FirstDay
{
    public static DateOnly? Of(DateOnly? one, DateOnly? other) => one < other || other is null ? one : other;
}
