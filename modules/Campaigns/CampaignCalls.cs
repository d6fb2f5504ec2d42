using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>How the API changes a campaign: through the inbox, like everything else, and then by reading what was decided.</summary>
internal sealed class CampaignCalls(IInbox inbox, CampaignStore store, TimeProvider time)
{
    public async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> PostAsync<T>(
        string tenant, string campaign, string kind, T body, CancellationToken cancellationToken)
    {
        var problem = await SendAsync(NewEntry.Internal(tenant, $"{kind}:{Guid.NewGuid():N}", kind, null, time.GetUtcNow(), body));
        if (problem is not null)
            return problem;
        return await store.FindAsync(tenant, campaign, cancellationToken) is { } saved
            ? TypedResults.Ok(CampaignAnswer.Of(saved))
            : NotFound(campaign);
    }

    /// <summary>Null when it was done.</summary>
    public async Task<ProblemHttpResult?> SendAsync(NewEntry entry)
    {
        var outcome = (await inbox.PostAsync([entry], CancellationToken.None))[0];
        return outcome switch
        {
            { Problem: { } refused } => refused.ToResult(),
            { Status: OutcomeStatus.Accepted } => EventProblems.NotYetDecided(),
            _ => null,
        };
    }

    public static ProblemHttpResult NotFound(string campaign) => Problems.NotFound("campaign_not_found", $"There is no campaign {campaign}.");
}
