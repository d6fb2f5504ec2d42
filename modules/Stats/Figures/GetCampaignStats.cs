using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>A campaign's figures day by day, in the tenant's time zone.</summary>
internal static class GetCampaignStats
{
    public static async Task<Results<Ok<CampaignStatsAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string name, Caller caller, ICampaignCatalogue campaigns, Tenants tenants, DayStore days,
        TimeProvider time, CancellationToken cancellationToken, DateOnly? from = null, DateOnly? to = null)
    {
        var zone = await tenants.ZoneOfAsync(caller.Tenant, cancellationToken);
        var period = Period.Of(from, to, zone.DayOf(time.GetUtcNow()));
        if (period.Fault is { } fault)
            return Problems.Validation("from", fault);
        if (await campaigns.FigureNameAsync(caller.Tenant, name, cancellationToken) is not { } figures)
            return Problems.NotFound("campaign_not_found", $"There is no campaign {name}.");
        var found = (await days.OfPeriodAsync(caller.Tenant, figures, DateOnly.MinValue, period.Last, cancellationToken)).ToDictionary(day => day.Day, day => day.Figures);
        var totals = Sum(found.Where(day => day.Key >= period.First));
        var currency = (await tenants.FindAsync(caller.Tenant, cancellationToken))?.Currency ?? "";
        return TypedResults.Ok(new CampaignStatsAnswer(
            name, zone.Id, currency, [.. period.Days.Select(day => new CampaignDayAnswer(day, found.GetValueOrDefault(day, CampaignFigures.None)))],
            totals, Sum(found).Conversion()));
    }

    private static CampaignFigures Sum(IEnumerable<KeyValuePair<DateOnly, CampaignFigures>> days) =>
        days.Aggregate(new FigureCounter(), (counter, day) => counter.Add(day.Value)).Figures;
}

/// <param name="Campaign">The campaign's id.</param>
/// <param name="TimeZone">The tenant's zone, in which days begin and end.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Days">Every day of the period, also those on which nothing happened.</param>
/// <param name="Totals">Of the period.</param>
/// <param name="Conversion">
/// By state, which share of the accounts that had ever joined by the end of the period had finished it by then, to four decimals: 0.25 is every
/// fourth, and it never exceeds 1. Empty where nobody had joined.
/// </param>
internal sealed record CampaignStatsAnswer(
    string Campaign, string TimeZone, string Currency, IReadOnlyList<CampaignDayAnswer> Days, CampaignFigures Totals,
    IReadOnlyDictionary<string, decimal> Conversion);

internal sealed record CampaignDayAnswer(DateOnly Day, CampaignFigures Figures);
