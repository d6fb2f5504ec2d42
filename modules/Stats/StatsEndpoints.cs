using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Stats;

internal static class StatsEndpoints
{
    private const string Period = "from `from` to `to`, both included; the last 30 days by default, at most 731";

    public static void MapStats(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi("/api/stats");
        api.MapGet("/campaign", GetCampaignStats.Handle).WithName("campaignStats").WithTags("campaign", "stats").WithSummary("Get stats for campaign")
            .WithDescription(
                $"Day by day in the tenant's zone, {Period}; and the period's totals. What happened is counted on the day it was accepted, in the zone "
                + "that the tenant had then. The figures are exact: they equal a recount of what happened, and erasing an account does not change them.")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyStats);
        api.MapGet("/campaign/global", GetGlobalCampaignStats.Handle).WithName("globalCampaignStats").WithTags("campaign", "stats")
            .WithSummary("Get global stats for campaign").WithDescription("All that has happened in the campaign so far, and how many of those who joined finished each state.")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyStats);
        api.MapGet("/segments", GetSegmentStats.Handle).WithName("segmentStats").WithTags("stats", "segments").WithSummary("Get stats for segments")
            .WithDescription(
                $"Day by day in the tenant's zone, {Period}, up to today: how many accounts were in each segment at the end of the day, and how they "
                + "moved. Segments that the tenant no longer has are shown on days on which accounts were in them.")
            .Allow(Callers.PeopleAndPartners, Roles.Loyalty, Roles.LoyaltyStats);
        var operations = routes.MapApi("/api/operations", "operations");
        operations.MapPost("/stats/{campaign}/rebuild", RebuildFigures.Handle).WithName("rebuildCampaignStats")
            .WithSummary("Count a campaign's figures anew")
            .WithDescription("From its facts, in the background. When it is done, `rebuiltAt` of globalCampaignStats says so. Nothing else is held up.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
        operations.MapPost("/segments/rebuild", RebuildSegments.Handle).WithName("rebuildSegmentStats").WithSummary("Count the days of segments anew")
            .WithDescription("From the moves that accounts have made, in the background. It places no account; a change of the tenant's segments does.")
            .Allow(Callers.PeopleAndPartners, Roles.Su);
    }
}
