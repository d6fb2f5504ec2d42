using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Campaigns;

/// <summary>The member's app reports that the message it was shown has been received; the walk moves on.</summary>
internal static class ReceiveMessage
{
    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, Caller caller, CampaignCalls calls, TimeProvider time)
    {
        var entry = NewEntry.Internal(caller.Tenant, $"{CampaignEntries.Message}:{Guid.NewGuid():N}", CampaignEntries.Message, caller.Id,
            time.GetUtcNow(), new CampaignEntries.MemberBody(campaign));
        return await calls.SendAsync(entry) is { } problem ? problem : TypedResults.Ok();
    }

    public static async Task DecideAsync(Pass pass, Entry entry, string campaign, IMediator mediator)
    {
        pass.Concerns(entry.Account!);
        var account = pass.Account(entry.Tenant, entry.Account!);
        var membership = account is null
            ? null
            : MemberWalks.Memberships(pass, account.Key).FirstOrDefault(membership => membership.Campaign == campaign);
        if (membership is null)
            throw new EntryRejectedException(404, "not_in_campaign", $"You are not in a campaign {campaign}.");
        var walks = new MemberWalks(mediator, pass, account!);
        if (await walks.MoveAsync(membership, new WalkTrigger.MessageReceived()))
            await walks.SettleAsync();
        if (pass.Documents<Membership>().Find(membership.Key)?.LastReport != WalkReport.Message)
            throw new EntryRejectedException(409, "no_message_waiting", $"No message of campaign {campaign} is waiting for you now.");
    }
}
