using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Campaigns;

/// <summary>The member has clicked a push of a campaign. It counts once for an account and a push.</summary>
internal static class ClickPush
{
    /// <param name="pushId">The push's id, as a JSON string.</param>
    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, [FromBody, Required, RegularExpression(RegisterPush.PushId)] string pushId, Caller caller, CampaignCalls calls) =>
        await calls.SendAsync(caller.Tenant, CampaignEntries.PushClick, caller.Id, new CampaignEntries.PushBody(campaign, pushId, null)) is { } problem
            ? problem
            : TypedResults.Ok();

    public static async Task DecideAsync(Pass pass, Entry entry, CampaignEntries.PushBody body, IMediator mediator)
    {
        pass.Concerns(entry.Account!);
        if (PushOf(pass, entry, body) is not { } push || pass.Account(entry.Tenant, entry.Account!) is not { } account)
            throw new EntryRejectedException(404, "push_not_found", $"No push {body.Push} was sent for a campaign {body.Campaign}.");
        var clicks = pass.Documents<PushClick>();
        var key = PushClick.KeyOf(entry.Tenant, body.Campaign, push, account.Incarnation);
        // Note: where the push or the account is as young as this pass, nothing was looked for, and there was nothing.
        if (clicks.Knows(key) && clicks.Find(key) is not null)
            return;
        clicks.Put(new PushClick { Key = key, Tenant = entry.Tenant, Campaign = body.Campaign, Push = push.Id });
        await mediator.Publish(new CampaignFact(pass, CampaignFactKind.PushClicked, body.Campaign, push.Id, account.Incarnation, null, entry.AcceptedAt));
    }

    /// <summary>The ids under which the clicks of a pass would be known.</summary>
    public static IEnumerable<string> KeysOf(Pass pass)
    {
        foreach (var entry in pass.Entries.Where(entry => entry.Kind == CampaignEntries.PushClick))
        {
            var body = entry.Read<CampaignEntries.PushBody>();
            if (PushOf(pass, entry, body) is { } push && pass.Account(entry.Tenant, entry.Account!) is { } account)
                yield return PushClick.KeyOf(entry.Tenant, body.Campaign, push, account.Incarnation);
        }
    }

    private static RegisteredPush? PushOf(Pass pass, Entry entry, CampaignEntries.PushBody body) =>
        pass.Documents<Campaign>().Find(Key.Of(entry.Tenant, body.Campaign)) is { Status: not CampaignStatus.Deleted } campaign
            ? campaign.Pushes.FirstOrDefault(push => push.Id == body.Push)
            : null;
}
