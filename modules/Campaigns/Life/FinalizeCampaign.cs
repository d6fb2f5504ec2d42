using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Ends a campaign by hand. Nothing moves in it from then on; a chain closes its memberships.</summary>
internal sealed class FinalizeCampaign : EntryHandler<FinalizeCampaign.Body>
{
    [EntryKind("campaign.finalize")]
    internal sealed record Body(string Campaign);

    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands, HttpResponse response,
        CancellationToken cancellationToken)
    {
        await commands.RecordAsync(caller, "campaign.finalize", campaign, null, cancellationToken);
        return await commands.DecideAsync(caller, campaign, new Body(campaign), response, cancellationToken);
    }

    public static void End(Pass pass, Campaign campaign)
    {
        pass.Put(campaign with { Status = CampaignStatus.Finalized, Birthday = null });
        pass.Start(new CloseMemberships.Body(campaign.Id));
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.CampaignOrRefuse(body.Campaign);
        if (campaign.Status == CampaignStatus.Draft)
            throw new EntryRejectedException(409, "campaign_not_initialized", $"Campaign {body.Campaign} has not been initialized, so there is nothing to end.");
        if (campaign.Status != CampaignStatus.Finalized)
            End(pass, campaign);
        return Task.CompletedTask;
    }
}

/// <summary>A campaign's <c>activeTo</c> has come. Note: it may have been moved since.</summary>
internal sealed class EndCampaign : EntryHandler<EndCampaign.Body>
{
    [EntryKind("campaign.end")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.StartedCampaign(entry.Tenant, body.Campaign) is { } campaign && campaign.Definition.ActiveTo <= entry.AcceptedAt)
            FinalizeCampaign.End(pass, campaign);
        return Task.CompletedTask;
    }
}
