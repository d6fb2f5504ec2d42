using Loyalty.Events.Contracts;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>How the API changes a campaign: through the inbox, like everything else, and then by reading what was decided.</summary>
internal sealed class CampaignCalls(IInbox inbox, CampaignStore store, TimeProvider time)
{
    /// <summary>Changes a campaign and answers it as it is then.</summary>
    public async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> PostAsync<T>(
        string tenant, string campaign, string kind, T body, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await SendAsync(tenant, kind, null, body) is { } problem)
            return problem;
        return await store.FindAsync(tenant, campaign, cancellationToken) is { } saved
            ? Answer(saved, response)
            : NotFound(campaign);
    }

    /// <summary>Null when it was done.</summary>
    /// <param name="account">The account that it concerns.</param>
    public Task<ProblemHttpResult?> SendAsync<T>(string tenant, string kind, string? account, T body) =>
        SendAsync(NewEntry.Internal(tenant, $"{kind}:{Guid.NewGuid():N}", kind, account, time.GetUtcNow(), body));

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

    public static Ok<CampaignAnswer> Answer(Campaign campaign, HttpResponse response)
    {
        response.Headers.ETag = $"\"{campaign.Version}\"";
        return TypedResults.Ok(CampaignAnswer.Of(campaign));
    }

    public static ProblemHttpResult NotFound(string campaign) => Problems.NotFound("campaign_not_found", $"There is no campaign {campaign}.");
}
