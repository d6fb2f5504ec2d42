using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>The member's app reports that the message, or the coupon, it was shown has been received; the walk moves on.</summary>
internal static class ReportReceived
{
    public static Task<Results<Ok, ProblemHttpResult>> Message(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls) => PostAsync(CampaignEntries.Message, campaign, caller, calls);

    public static Task<Results<Ok, ProblemHttpResult>> Coupon(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls) => PostAsync(CampaignEntries.Coupon, campaign, caller, calls);

    private static async Task<Results<Ok, ProblemHttpResult>> PostAsync(string kind, string campaign, Caller caller, CampaignCalls calls) =>
        await calls.SendAsync(caller.Tenant, kind, caller.Id, new CampaignEntries.CampaignBody(campaign)) is { } problem ? problem : TypedResults.Ok();

    public static async Task DecideAsync(Pass pass, Entry entry, string campaign, IMediator mediator)
    {
        pass.Concerns(entry.Account!);
        var account = pass.Account(entry.Tenant, entry.Account!);
        var membership = account is null
            ? null
            : MemberWalks.Memberships(pass, account.Key).FirstOrDefault(membership => membership.Campaign == campaign);
        if (membership is null)
            throw new EntryRejectedException(404, "not_in_campaign", $"You are not in a campaign {campaign}.");
        var (report, trigger) = entry.Kind == CampaignEntries.Message
            ? (WalkReport.Message, (WalkTrigger)new WalkTrigger.MessageReceived())
            : (WalkReport.Coupon, new WalkTrigger.CouponReceived());
        var walks = new MemberWalks(mediator, pass, account!);
        if (await walks.MoveAsync(membership, trigger))
            await walks.SettleAsync();
        if (pass.Documents<Membership>().Find(membership.Key)?.LastReport != report)
            throw new EntryRejectedException(409, report == WalkReport.Message ? "no_message_waiting" : "no_coupon_waiting",
                $"No {report.ToString().ToLowerInvariant()} of campaign {campaign} is waiting for you now.");
    }
}
