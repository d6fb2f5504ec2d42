using Loyalty.Accounts.Contracts;
using Loyalty.Outbox;

namespace Loyalty.Campaigns;

/// <summary>Sends a notification to all who are in a campaign, as long as the campaign lasts.</summary>
internal sealed class SendToMembers(MembershipStore memberships) : ChainHandler<SendToMembers.Body>
{
    [EntryKind("campaign.notice.members")]
    internal sealed record Body(string Notice, string Campaign);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
        needs.Document<Notice>(body.Notice);
        needs.Campaign(entry.Tenant, body.Campaign);
    }

    protected override void Needs(Needs needs, Entry entry, Body body, string item) => needs.Account(entry.Tenant, item);

    protected override async Task<IReadOnlyList<ChainItem>> NextAsync(
        Pass pass, Entry entry, Body body, string? after, int limit, CancellationToken cancellationToken) =>
        ChainItem.ById(await memberships.AccountsOfAsync(entry.Tenant, body.Campaign, after, limit, cancellationToken));

    protected override bool Continues(Pass pass, Entry entry, Body body) =>
        pass.Find<Notice>(body.Notice) is { } notice && DefinitionOf(pass, entry, body, notice) is not null;

    protected override Task DecideAsync(Pass pass, Entry entry, Body body, string item)
    {
        var notice = pass.Find<Notice>(body.Notice)!;
        var membership = MemberWalks.Memberships(pass, Key.Of(entry.Tenant, item)).FirstOrDefault(walk => walk.Campaign == body.Campaign);
        // Note: who joined after the time was not in the campaign then.
        if (membership is not { IsOpen: true } || membership.JoinedAt > notice.Occasion || pass.Account(entry.Tenant, item) is not { } account)
            return Task.CompletedTask;
        if (NoticeRule.Refusal(account, pass.CampaignSettings()) is not null)
            return Task.CompletedTask;
        pass.Concerns(account.Id);
        pass.Send(Push.ItemFor(pass, account, pass.StartedCampaign(entry.Tenant, body.Campaign)!, notice, DefinitionOf(pass, entry, body, notice)!, null));
        pass.Put(notice with { Recipients = notice.Recipients + 1 });
        return Task.CompletedTask;
    }

    private static NotificationDefinition? DefinitionOf(Pass pass, Entry entry, Body body, Notice notice) =>
        pass.StartedCampaign(entry.Tenant, body.Campaign) is { } campaign && campaign.IsLiveAt(pass.Now)
            ? CampaignNotices.Find(campaign.Definition, notice.Which)
            : null;
}
