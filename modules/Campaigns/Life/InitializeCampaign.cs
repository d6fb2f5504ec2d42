using System.ComponentModel.DataAnnotations;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Starts a campaign, now or at <c>activeFrom</c>.</summary>
internal sealed class InitializeCampaign : EntryHandler<InitializeCampaign.Body>
{
    [EntryKind("campaign.initialize")]
    internal sealed record Body(string Campaign, string By);

    public static async Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands, HttpResponse response,
        CancellationToken cancellationToken)
    {
        await commands.RecordAsync(caller, "campaign.initialize", campaign, null, cancellationToken);
        return await commands.DecideAsync(caller, campaign, new Body(campaign, caller.Id), response, cancellationToken);
    }

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.CampaignOrRefuse(body.Campaign);
        if (campaign.Status != CampaignStatus.Draft)
            throw new EntryRejectedException(409, "campaign_initialized", $"Campaign {body.Campaign} has been initialized already.");
        if (campaign.Definition.ActiveTo <= entry.AcceptedAt)
            throw new EntryRejectedException(409, "campaign_over", $"Campaign {body.Campaign} would be over already: move activeTo into the future.");
        var limit = pass.CampaignSettings().CampaignLimit;
        if (pass.StartedCampaigns().Count >= limit)
            throw new EntryRejectedException(409, "campaign_limit",
                $"{limit} campaigns are scheduled or running, which is this tenant's limit: finalize one first, or have the limit raised.");
        var initialized = campaign with { InitializedAt = entry.AcceptedAt, InitializedBy = body.By, Cnt = 0, Samples = null, PreviewedAt = null };
        if (campaign.Definition.ActiveFrom > entry.AcceptedAt)
            pass.Put(initialized with { Status = CampaignStatus.Scheduled });
        else
            StartCampaign.Start(pass, initialized);
        return Task.CompletedTask;
    }
}
