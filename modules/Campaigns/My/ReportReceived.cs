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
    internal sealed record Body(string Campaign);

    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCommands commands) =>
        await commands.DecideAsync(caller, new Body(campaign), caller.Id) is { } problem ? problem : TypedResults.Ok();

    protected override void Needs(Needs needs, Entry entry, Body body) => needs.Account(entry.Tenant, entry.Subject!);

    protected override Task DecideAsync(Pass pass, Entry entry, Body body) =>
        Reports.DecideAsync(joins, pass, body.Campaign, WalkReport.Message, new WalkTrigger.MessageReceived(), "no_message_waiting");
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
        Reports.DecideAsync(joins, pass, body.Campaign, WalkReport.Coupon, new WalkTrigger.CouponReceived(), "no_coupon_waiting");
}

internal static class Reports
{
    /// <param name="refusal">The code of the problem where nothing waits for the report.</param>
    public static async Task DecideAsync(JoinIndexes joins, Pass pass, string campaign, WalkReport report, WalkTrigger trigger, string refusal)
    {
        pass.Concerns(pass.Entry.Subject!);
        var account = pass.Account(pass.Entry.Tenant, pass.Entry.Subject!);
        var membership = account is null
            ? null
            : MemberWalks.Memberships(pass, account.Key).FirstOrDefault(membership => membership.Campaign == campaign);
        if (membership is null)
            throw new EntryRejectedException(404, "not_in_campaign", $"You are not in a campaign {campaign}.");
        var walks = new MemberWalks(joins, pass, account!);
        if (await walks.MoveAsync(membership, trigger))
            await walks.SettleAsync();
        if (pass.Find<Membership>(membership.Key)?.LastReport != report)
            throw new EntryRejectedException(409, refusal, $"No {report.ToString().ToLowerInvariant()} of campaign {campaign} is waiting for you now.");
    }
}
