using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Stats;

/// <summary>All that has happened in a campaign.</summary>
internal static class GetGlobalCampaignStats
{
    public static async Task<Results<Ok<GlobalCampaignStatsAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string name, Caller caller, ICampaignCatalogue campaigns, Tenants tenants, TotalStore totals,
        CancellationToken cancellationToken)
    {
        if (await campaigns.FigureNameAsync(caller.Tenant, name, cancellationToken) is not { } figures)
            return Problems.NotFound("campaign_not_found", $"There is no campaign {name}.");
        var tenant = await tenants.FindAsync(caller.Tenant, cancellationToken);
        var total = await totals.OfAsync(caller.Tenant, figures, cancellationToken);
        return TypedResults.Ok(new GlobalCampaignStatsAnswer(
            name, tenant?.TimeZone ?? "UTC", tenant?.Currency ?? "", total.FirstDay, total.LastDay, total.Figures, total.Figures.Conversion(), total.RebuiltAt));
    }
}

/// <param name="Campaign">The campaign's id.</param>
/// <param name="TimeZone">The tenant's zone, in which days begin and end.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="FirstDay">The first day on which anything happened. Absent: nothing has.</param>
/// <param name="LastDay">The last day on which anything happened.</param>
/// <param name="Conversion">By state, which share of the accounts that ever joined has finished it, to four decimals: 0.25 is every fourth, and it never exceeds 1. Empty where nobody joined.</param>
/// <param name="RebuiltAt">When an operator last had the figures counted anew.</param>
internal sealed record GlobalCampaignStatsAnswer(
    string Campaign, string TimeZone, string Currency, DateOnly? FirstDay, DateOnly? LastDay, CampaignFigures Totals,
    IReadOnlyDictionary<string, decimal> Conversion, DateTimeOffset? RebuiltAt);
