using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>Lets a paused campaign go on: a chain moves its members by what happened meanwhile, another one enrols who has come to match.</summary>
internal sealed class ResumeCampaign : EntryHandler<ResumeCampaign.Body>
{
    /// <param name="Skip">What would have happened meanwhile is dropped, but for orders and uses of coupons.</param>
    [EntryKind("campaign.resume")]
    internal sealed record Body(string Campaign, bool Skip);

    /// <param name="skip">
    /// True: who would have joined while it was paused does not, coupons that expired meanwhile move nobody, and notifications that were due
    /// are dropped. Orders and uses of coupons count all the same.
    /// </param>
    public static Task<Results<Ok<CampaignAnswer>, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands, HttpResponse response,
        CancellationToken cancellationToken, bool skip = false) =>
        commands.DecideAsync(caller, campaign, new Body(campaign, skip), response, cancellationToken);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.CampaignOrRefuse(body.Campaign);
        if (!campaign.IsLiveAt(entry.AcceptedAt))
            throw new EntryRejectedException(409, "campaign_not_running", $"Campaign {body.Campaign} is not running, so it cannot be resumed.");
        if (!campaign.IsPaused)
            return Task.CompletedTask;
        var today = pass.Zone().DayOf(entry.AcceptedAt);
        pass.Put(campaign with
        {
            PausedAt = null,
            LookedTo = entry.AcceptedAt,
            Birthday = body.Skip && campaign.Birthday?.Day < today ? new BirthdayDue(today, pass.Zone().StartOf(today)) : campaign.Birthday,
        });
        pass.Start(new ResumeMembers.Body(campaign.Id, body.Skip));
        pass.Start(new ReleaseNotices.Body(campaign.Id, body.Skip));
        return Task.CompletedTask;
    }
}

/// <summary>Moves the members of a resumed campaign by what happened while it was paused.</summary>
internal sealed class ResumeMembers(MembershipStore memberships, JoinIndexes joins) : ChainHandler<ResumeMembers.Body>
{
    [EntryKind("campaign.resume-members")]
    internal sealed record Body(string Campaign, bool Skip);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item)
    {
        needs.Account(entry.Tenant, item);
        var walk = needs.Of(Membership.OfOwner, Key.Of(entry.Tenant, item)).FirstOrDefault(walk => walk.Campaign == body.Campaign);
        if (walk?.Coupon is { } code)
            needs.Document<Coupon>(Key.Of(entry.Tenant, code));
    }

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await memberships.AccountsOfAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is { IsPaused: false } campaign && campaign.IsLiveAt(entry.AcceptedAt);

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account
            || MemberWalks.Memberships(pass, account.Key).FirstOrDefault(walk => walk.Campaign == body.Campaign) is not { IsOpen: true } walk)
            return;
        pass.Concerns(account.Id);
        var walks = new MemberWalks(joins, pass, account);
        await walks.MoveAsync(walk, TriggerOf(pass, walk, body.Skip));
        await walks.SettleAsync();
    }

    protected override Task CompletedAsync(Pass pass, Entry entry, Body body)
    {
        var campaign = pass.StartedCampaign(entry.Tenant, body.Campaign)!;
        if (campaign.Status == CampaignStatus.Initializing)
            pass.Start(new EnrolMembers.Body(campaign.Id));
        else if (!body.Skip && campaign.TakesJoiners)
            pass.Start(new EnrolResumed.Body(campaign.Id));
        return Task.CompletedTask;
    }

    /// <summary>What the walk would have met, had the campaign not been paused.</summary>
    private static WalkTrigger TriggerOf(Pass pass, Membership walk, bool skip) => walk switch
    {
        { IsArmed: false } => new WalkTrigger.Looked(),
        { Coupon: { } code } => pass.Find<Coupon>(Key.Of(walk.Tenant, code))?.Status switch
        {
            CouponStatus.Used => new WalkTrigger.CouponUsedUp(code),
            CouponStatus.Expired when !skip => new WalkTrigger.CouponExpired(code),
            _ => new WalkTrigger.Resumed(),
        },
        _ => new WalkTrigger.Resumed(),
    };
}

/// <summary>Enrols who has come to match while a dynamic campaign was paused, and still does.</summary>
internal sealed class EnrolResumed(IAccountSearch accounts, JoinIndexes joins) : ChainHandler<EnrolResumed.Body>
{
    [EntryKind("campaign.enrol-resumed")]
    internal sealed record Body(string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Campaign(entry.Tenant, body.Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign ? [] : ChainItem.ById(await accounts.MatchingAsync(
            entry.Tenant, new Wanted(campaign.Definition.Constraints, entry.AcceptedAt, pass.Zone()), after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is { IsPaused: false, TakesJoiners: true };

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        if (pass.Account(entry.Tenant, item) is not { } account || pass.StartedCampaign(entry.Tenant, body.Campaign) is not { } campaign)
            return;
        pass.Concerns(account.Id);
        var walks = new MemberWalks(joins, pass, account);
        if (await walks.TryJoinAsync(campaign, isResumed: true))
            await walks.SettleAsync();
    }
}
