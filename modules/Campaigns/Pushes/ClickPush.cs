using System.ComponentModel.DataAnnotations;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Campaigns.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Loyalty.Campaigns;

/// <summary>The member has clicked a push of a campaign. It counts once for an account and a push.</summary>
internal sealed class ClickPush : EntryHandler<ClickPush.Body>
{
    [EntryKind("campaign.push-click")]
    internal sealed record Body(string Campaign, string Push);

    /// <param name="pushId">The push's id, as a JSON string.</param>
    public static async Task<Results<Ok, ProblemHttpResult>> Handle(
        [RegularExpression("[a-zA-Z0-9_-]{1,64}")] string campaign, [FromBody, Required, RegularExpression(RegisterPush.PushId)] string pushId, Caller caller,
        CampaignCommands commands) =>
        await commands.DecideAsync(caller, new Body(campaign, pushId), caller.Id) is { } problem ? problem : TypedResults.Ok();

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
        needs.Campaign(entry.Tenant, body.Campaign);
        needs.Account(entry.Tenant, entry.Subject!);
        if (PushOf(needs.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)), body) is { } push
            && needs.Find<Account>(Key.Of(entry.Tenant, entry.Subject!)) is { IsErased: false } account)
            needs.Document<PushClick>(PushClick.KeyOf(entry.Tenant, body.Campaign, push, account.Incarnation));
    }

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        pass.Concerns(entry.Subject!);
        if (PushOf(pass.Find<Campaign>(Key.Of(entry.Tenant, body.Campaign)), body) is not { } push || pass.Account(entry.Tenant, entry.Subject!) is not { } account)
            throw new EntryRejectedException(404, "push_not_found", $"No push {body.Push} was sent for a campaign {body.Campaign}.");
        var key = PushClick.KeyOf(entry.Tenant, body.Campaign, push, account.Incarnation);
        if (pass.Find<PushClick>(key) is not null)
            return;
        pass.Put(new PushClick { Key = key, Tenant = entry.Tenant, Campaign = body.Campaign, Push = push.Id });
        await pass.PublishAsync(new CampaignFact(pass, CampaignFactKind.PushClicked, pass.FiguresOf(body.Campaign), push.Id, account.Incarnation, null, entry.AcceptedAt));
    }

    private static RegisteredPush? PushOf(Campaign? campaign, Body body) =>
        campaign is { Status: not CampaignStatus.Deleted } ? campaign.Pushes.FirstOrDefault(push => push.Id == body.Push) : null;
}
