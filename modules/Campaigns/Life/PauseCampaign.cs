using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Holds a campaign: nothing moves in it, nobody joins and nothing is sent until it is resumed.</summary>
internal sealed class PauseCampaign : EntryHandler<PauseCampaign.Body>
{
    [EntryKind("campaign.pause")]
    internal sealed record Body(string Campaign);

    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands, HttpResponse response,
        CancellationToken cancellationToken) => commands.DecideAsync(caller, campaign, new Body(campaign), response, cancellationToken);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.CampaignOrRefuse(body.Campaign);
        if (!campaign.IsLiveAt(entry.AcceptedAt))
            throw new EntryRejectedException(409, "campaign_not_running", $"Campaign {body.Campaign} is not running, so there is nothing to pause.");
        if (!campaign.IsPaused)
            pass.Put(campaign with { PausedAt = entry.AcceptedAt });
        return Task.CompletedTask;
    }
}
