using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Counts the accounts that a campaign would enrol now, and names some of them.</summary>
internal sealed class PreviewCampaign : EntryHandler<PreviewCampaign.Body>
{
    [EntryKind("campaign.previewed")]
    internal sealed record Body(string Campaign, long Version, long Cnt, IReadOnlyList<string> Samples);

    private const int Samples = 20;

    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignStore store, CampaignCommands commands, IAccountSearch accounts,
        TimeProvider time, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        if (await store.FindAsync(caller.Tenant, campaign, cancellationToken) is not { } found)
            return CampaignCommands.NotFound(campaign);
        if (found.Status != CampaignStatus.Draft)
            return Initialized(campaign);
        var wanted = new Wanted(found.Definition.Constraints, time.GetUtcNow(), RequestZone.Current, found.Definition.Type == CampaignType.Birthday ? [] : null);
        var count = await accounts.CountAsync(caller.Tenant, wanted, cancellationToken);
        var samples = await accounts.MatchingAsync(caller.Tenant, wanted, null, Samples, cancellationToken);
        return await commands.DecideAsync(caller, campaign, new Body(campaign, found.Version, count, samples), response, cancellationToken);
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)) is not { Status: CampaignStatus.Draft } draft || draft.Version != body.Version)
            throw new EntryRejectedException(409, "campaign_changed", $"Campaign {body.Campaign} was changed while it was previewed. Try again.");
        pass.Put(draft with { Cnt = body.Cnt, Samples = body.Samples, PreviewedAt = entry.AcceptedAt });
        return Task.CompletedTask;
    }

    private static ProblemHttpResult Initialized(string campaign) => Problems.Conflict(
        "campaign_initialized", $"Campaign {campaign} has been initialized: a preview is for drafts. Read the campaign to see how many it has enrolled.");
}
