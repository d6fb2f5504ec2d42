using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

internal static class GetCampaign
{
    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignStore store, HttpResponse response,
        CancellationToken cancellationToken) =>
        await store.FindAsync(caller.Tenant, campaign, cancellationToken) is { } found
            ? CampaignCommands.Answer(found, response)
            : CampaignCommands.NotFound(campaign);
}
