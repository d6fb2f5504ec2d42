using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>How the API changes a campaign: through the inbox, like everything else, and then by reading what was decided.</summary>
internal sealed class CampaignCommands(IInbox inbox, CampaignStore store, AuditLog audit, TimeProvider time)
{
    /// <summary>Changes a campaign and answers it as it is then.</summary>
    /// <param name="body">Of the entry that changes it.</param>
    public async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> DecideAsync(
        Caller caller, string campaign, object body, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await DecideAsync(caller, body) is { } problem)
            return problem;
        return await store.FindAsync(caller.Tenant, campaign, cancellationToken) is { } saved
            ? Answer(saved, response)
            : NotFound(campaign);
    }

    /// <summary>Null when it was done.</summary>
    /// <param name="account">The account that it concerns.</param>
    public Task<ProblemHttpResult?> DecideAsync(Caller caller, object body, string? account = null) =>
        inbox.DecideAsync(NewEntry.Once(caller.Tenant, body, time.GetUtcNow(), account) with { Sender = caller.AsSender() });

    /// <summary>Notes in the audit log that a campaign is managed. Call it before it is done.</summary>
    /// <param name="wanted">What its definition becomes; null: that stays.</param>
    public async Task RecordAsync(Caller caller, string action, string campaign, CampaignDefinition? wanted, CancellationToken cancellationToken)
    {
        var known = wanted is null ? null : (await store.FindAsync(caller.Tenant, campaign, cancellationToken))?.Definition;
        await audit.RecordAsync(
            caller, caller.Tenant, action, campaign, wanted is null ? [] : JsonDifferences.Of(known, wanted with { Version = known?.Version }), cancellationToken);
    }

    /// <summary>Null when it was done, now or before.</summary>
    public Task<ProblemHttpResult?> DecideAsync(NewEntry entry) => inbox.DecideAsync(entry);

    public static Ok<CampaignAnswer> Answer(Campaign campaign, HttpResponse response)
    {
        response.Headers.ETag = $"\"{campaign.Version}\"";
        return TypedResults.Ok(CampaignAnswer.Of(campaign) with { Warnings = response.HttpContext.Warnings() });
    }

    public static ProblemHttpResult NotFound(string campaign) => Problems.NotFound("campaign_not_found", $"There is no campaign {campaign}.");
}
