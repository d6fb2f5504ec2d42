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
    private const int MaxDays = 731;
    private const int DefaultDays = 30;

    public static async Task<Results<Ok<CampaignStatsAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string name, Caller caller, ICampaignCatalogue campaigns, Tenants tenants, FactStore facts,
        TimeProvider time, CancellationToken cancellationToken, DateOnly? from = null, DateOnly? to = null)
    {
        var tenant = await tenants.FindAsync(caller.Tenant, cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant?.TimeZone ?? "UTC");
        var last = to ?? DayOf(time.GetUtcNow(), zone);
        var first = from ?? last.AddDays(1 - DefaultDays);
        if (first > last)
            return Problems.Validation("from", "from must not be after to.");
        if (last.DayNumber - first.DayNumber >= MaxDays)
            return Problems.Validation("from", $"A period has at most {MaxDays} days.");
        if (!await campaigns.ExistsAsync(caller.Tenant, name, cancellationToken))
            return Problems.NotFound("campaign_not_found", $"There is no campaign {name}.");
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).ToDictionary(first.AddDays, _ => new FigureCounter());
        await foreach (var fact in facts.OfCampaignAsync(caller.Tenant, name, Start(first, zone), Start(last.AddDays(1), zone), cancellationToken))
            days[DayOf(fact.At, zone)].Count(fact);
        return TypedResults.Ok(new CampaignStatsAnswer(name, zone.Id, tenant?.Currency ?? "",
            [.. days.OrderBy(day => day.Key).Select(day => new CampaignDay(day.Key, day.Value.Figures))]));
    }

    private static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>Note: where a daylight-saving change skips midnight, the day begins when the clock shows it first.</summary>
    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset);
    }
}

/// <param name="Campaign">The campaign's id.</param>
/// <param name="TimeZone">The tenant's zone, in which days begin and end.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Days">Every day of the period, also those on which nothing happened.</param>
internal sealed record CampaignStatsAnswer(string Campaign, string TimeZone, string Currency, IReadOnlyList<CampaignDay> Days);

internal sealed record CampaignDay(DateOnly Day, CampaignFigures Figures);
