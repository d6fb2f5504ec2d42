using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>
/// Starts a campaign: a chain of entries, each enrolling the next accounts that match and appending its successor. Until it ends the
/// campaign also takes accounts that begin to match, so that none is missed behind the cursor.
/// </summary>
internal static class InitializeCampaign
{
    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls, CancellationToken cancellationToken) =>
        calls.PostAsync(caller.Tenant, campaign, CampaignEntries.Initialize, new CampaignEntries.InitializeBody(campaign, caller.Id), cancellationToken);

    public static void Decide(Pass pass, Entry entry, CampaignEntries.InitializeBody body)
    {
        var campaign = pass.Documents<Campaign>().Find(Key.Of(entry.Tenant, body.Campaign))
            ?? throw new EntryRejectedException(404, "campaign_not_found", $"There is no campaign {body.Campaign}.");
        if (campaign.Status != CampaignStatus.Draft)
            throw new EntryRejectedException(409, "campaign_initialized", $"Campaign {body.Campaign} has been initialized already.");
        if (campaign.Definition.Type == CampaignType.Birthday)
            throw new EntryRejectedException(501, "not_yet", "Birthday campaigns cannot be started yet.");
        if (campaign.Definition.ActiveFrom > entry.AcceptedAt)
            throw new EntryRejectedException(501, "not_yet", "A start in the future cannot be scheduled yet: leave activeFrom out, or initialize the campaign then.");
        pass.Documents<Campaign>().Put(campaign with
        {
            Status = CampaignStatus.Initializing,
            InitializedAt = entry.AcceptedAt,
            InitializedBy = body.By,
            Cnt = 0,
        });
        pass.Append(Next(entry, body.Campaign, null));
    }

    public static async Task DecideAsync(Pass pass, Entry entry, CampaignEntries.EnrolBody body, IMediator mediator)
    {
        var campaigns = pass.Documents<Campaign>();
        var key = Key.Of(entry.Tenant, body.Campaign);
        if (campaigns.Find(key) is not { Status: CampaignStatus.Initializing } campaign)
            return;
        var ids = pass.Held<EnrolBatches>().Of(entry.Id);
        foreach (var id in ids)
        {
            if (pass.Account(entry.Tenant, id) is not { } account)
                continue;
            var walks = new MemberWalks(mediator, pass, account);
            if (await walks.TryJoinAsync(campaign))
                await walks.SettleAsync();
        }
        if (ids.Count == EnrolBatches.Size)
            pass.Append(Next(entry, body.Campaign, ids[^1]));
        else
            campaigns.Put(campaigns.Find(key)! with { Status = CampaignStatus.Running });
    }

    private static NewEntry Next(Entry cause, string campaign, string? after) => NewEntry.Internal(
        cause.Tenant, $"enrol:{cause.Id}:{after}", CampaignEntries.Enrol, null, cause.AcceptedAt, new CampaignEntries.EnrolBody(campaign, after));
}
