using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Stats;

internal static class StatsEndpoints
{
    public static void MapStats(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api/stats");
        api.MapGet("/campaign", GetCampaignStats.Handle).WithName("campaignStats").WithTags("campaign", "stats").WithSummary("Get stats for campaign")
            .WithDescription("Day by day in the tenant's zone, from `from` to `to`, both included; the last 30 days by default, at most 731.")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyStats);
    }
}
