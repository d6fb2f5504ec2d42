using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>The member's app reports that the message it was shown has been received; the walk moves on.</summary>
internal sealed class ReportMessage(JoinIndexes joins) : EntryHandler<ReportMessage.Body>
{
    [EntryKind("campaign.message")]
    internal sealed record Body(string Campaign, string? State = null);

    /// <param name="state">The state whose message was received, as getMyCampaigns names it: a report that names it never moves the walk twice.</param>
    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands,
        [RegularExpression("[a-zA-Z0-9_-]{1,32}")] string? state = null) =>
        await commands.DecideAsync(caller, new Body(campaign, state), caller.Id) is { } problem ? problem : TypedResults.Ok();

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body) =>
        Reports.DecideAsync(joins, pass, body.Campaign, body.State, WalkReport.Message, new WalkTrigger.MessageReceived(), "no_message_waiting");
}

/// <summary>The member's app reports that the coupon it was shown has been received; the walk moves on. Deprecated.</summary>
internal sealed class ReportCoupon(JoinIndexes joins) : EntryHandler<ReportCoupon.Body>
{
    [EntryKind("campaign.coupon")]
    internal sealed record Body(string Campaign);

    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands) =>
        await commands.DecideAsync(caller, new Body(campaign), caller.Id) is { } problem ? problem : TypedResults.Ok();

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body) =>
        Reports.DecideAsync(joins, pass, body.Campaign, null, WalkReport.Coupon, new WalkTrigger.CouponReceived(), "no_coupon_waiting");
}

internal static class Reports
{
    /// <param name="state">The state that the report names, if it names one.</param>
    /// <param name="refusal">The code of the problem where nothing waits for the report.</param>
    public static async Task DecideAsync(JoinIndexes joins, Pass pass, string campaign, string? state, WalkReport report, WalkTrigger trigger, string refusal)
    {
        pass.Concerns(pass.Entry.Subject!);
        var account = pass.Account(pass.Entry.Tenant, pass.Entry.Subject!);
        var membership = account is null
            ? null
            : MemberWalks.Memberships(pass, account.Key).FirstOrDefault(membership => membership.Campaign == campaign);
        if (membership is null)
            throw new EntryRejectedException(404, "not_in_campaign", $"You are not in a campaign {campaign}.");
        if (IsRepeat(pass, membership, state, report))
            return;
        if (pass.StartedCampaign(membership.Tenant, campaign) is { IsPaused: true })
            throw new EntryRejectedException(409, "campaign_paused", $"Campaign {campaign} is paused. Report it again when the campaign goes on.");
        if (state is not null && membership.State != state)
            throw new EntryRejectedException(409, refusal, $"Your walk through campaign {campaign} is not in the state {state} now.");
        var walks = new MemberWalks(joins, pass, account!);
        if (await walks.MoveAsync(membership, trigger))
            await walks.SettleAsync();
        if (pass.Find<Membership>(membership.Key)?.LastReport != report)
            throw new EntryRejectedException(409, refusal, $"No {report.ToString().ToLowerInvariant()} of campaign {campaign} is waiting for you now.");
    }

    /// <summary>
    /// Note: a report that names no state cannot be told from the next one; so shortly after another it is taken for the same.
    /// </summary>
    private static bool IsRepeat(Pass pass, Membership membership, string? state, WalkReport report) =>
        membership.LastReport == report
        && (state is null || membership.ReportedState == state)
        && (membership.ReportedAt + pass.CampaignSettings().ReportRepeat > pass.Now || state is not null && membership.State != state);
}
