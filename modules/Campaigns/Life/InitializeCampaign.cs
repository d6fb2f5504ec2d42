using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>
/// Starts a campaign, now or at <c>activeFrom</c>: a chain of entries, each enrolling the next accounts that match and appending its
/// successor. Until it ends the campaign also takes accounts that begin to match, so that none is missed behind the cursor.
/// </summary>
internal static class InitializeCampaign
{
    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls, HttpResponse response,
        CancellationToken cancellationToken) => calls.PostAsync(
            caller.Tenant, campaign, CampaignEntries.Initialize, new CampaignEntries.InitializeBody(campaign, caller.Id), response, cancellationToken);

    public static void Decide(Pass pass, Entry entry, CampaignEntries.InitializeBody body)
    {
        var campaigns = pass.Documents<Campaign>();
        if (campaigns.Find(Key.Of(entry.Tenant, body.Campaign)) is not { Status: not CampaignStatus.Deleted } campaign)
            throw new EntryRejectedException(404, "campaign_not_found", $"There is no campaign {body.Campaign}.");
        if (campaign.Status != CampaignStatus.Draft)
            throw new EntryRejectedException(409, "campaign_initialized", $"Campaign {body.Campaign} has been initialized already.");
        if (campaign.Definition.ActiveTo <= entry.AcceptedAt)
            throw new EntryRejectedException(409, "campaign_over", $"Campaign {body.Campaign} would be over already: move activeTo into the future.");
        var limit = pass.Held<TenantTerms>().Of(entry.Tenant).CampaignLimit;
        if (campaigns.All.Count(other => other.Tenant == entry.Tenant && other.IsStarted) >= limit)
            throw new EntryRejectedException(409, "campaign_limit",
                $"{limit} campaigns are scheduled or running, which is this tenant's limit: finalize one first, or have the limit raised.");
        var initialized = campaign with { InitializedAt = entry.AcceptedAt, InitializedBy = body.By, Cnt = 0, Samples = null, PreviewedAt = null };
        if (campaign.Definition.ActiveFrom > entry.AcceptedAt)
            campaigns.Put(initialized with { Status = CampaignStatus.Scheduled });
        else
            Start(pass, entry, initialized);
    }

    /// <summary>The time of a scheduled campaign has come.</summary>
    public static void Start(Pass pass, Entry entry)
    {
        if (pass.Documents<Campaign>().Find(Key.Of(entry.Tenant, entry.Read<CampaignEntries.CampaignBody>().Campaign)) is { Status: CampaignStatus.Scheduled } campaign)
            Start(pass, entry, campaign);
    }

    /// <summary>Note: a birthday campaign enrols nobody at once, but on each day those whose birthday it is, from today on.</summary>
    private static void Start(Pass pass, Entry entry, Campaign campaign)
    {
        if (campaign.Definition.Type == CampaignType.Standard)
        {
            pass.Documents<Campaign>().Put(campaign with { Status = CampaignStatus.Initializing, UpTo = null });
            pass.Append(Next(entry, new CampaignEntries.ChainBody(campaign.Id, $"{entry.Position}", 0)));
            return;
        }
        var day = pass.Zone().DayOf(entry.AcceptedAt);
        pass.Documents<Campaign>().Put(campaign with { Status = CampaignStatus.Running, Birthday = new BirthdayDue(day, entry.AcceptedAt) });
    }

    public static async Task EnrolAsync(Pass pass, Entry entry, CampaignEntries.ChainBody body, IMediator mediator)
    {
        var campaigns = pass.Documents<Campaign>();
        var key = Key.Of(entry.Tenant, body.Campaign);
        if (campaigns.Find(key) is not { Status: CampaignStatus.Initializing } campaign)
            return;
        var ids = pass.Held<MemberBatches>().Of(entry.Id);
        foreach (var id in ids)
        {
            if (pass.Account(entry.Tenant, id) is not { } account)
                continue;
            var walks = new MemberWalks(mediator, pass, account);
            if (await walks.TryJoinAsync(campaign))
                await walks.SettleAsync();
        }
        var goesOn = ids.Count == MemberBatches.Size;
        campaigns.Put(campaigns.Find(key)! with
        {
            Status = goesOn ? CampaignStatus.Initializing : CampaignStatus.Running,
            UpTo = goesOn ? ids[^1] : null,
        });
        if (goesOn)
            pass.Append(Next(entry, body with { Step = body.Step + 1 }));
    }

    private static NewEntry Next(Entry cause, CampaignEntries.ChainBody body) => NewEntry.Internal(
        cause.Tenant, $"enrol:{body.Chain}:{body.Step}", CampaignEntries.Enrol, null, cause.AcceptedAt, body);
}
