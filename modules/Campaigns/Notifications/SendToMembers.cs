using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>What is sent to all in a campaign: a chain of entries, each for the next members, as long as the campaign lasts.</summary>
internal static class SendToMembers
{
    public static void Decide(Pass pass, Entry entry, NoticeEntries.MembersBody body)
    {
        var notices = pass.Documents<Notice>();
        if (notices.Find(body.Notice) is not { } notice
            || pass.Documents<Campaign>().Find(Key.Of(entry.Tenant, body.Campaign)) is not { } campaign
            || !campaign.IsLiveAt(entry.AcceptedAt)
            || CampaignNotices.Find(campaign.Definition, notice.Which) is not { } definition)
            return;
        var terms = pass.Held<TenantTerms>();
        var keys = pass.Held<NoticeBatches>().Of(entry.Id);
        var sent = 0;
        foreach (var membership in keys.Select(pass.Documents<Membership>().Find))
        {
            // Note: who joined after the time was not in the campaign then.
            if (membership is not { IsOpen: true } || membership.JoinedAt > notice.Occasion)
                continue;
            var account = pass.Documents<Account>().Find(membership.Owner) is { IsErased: false } known ? known : null;
            if (account is null || NoticeRule.Hindrance(account, terms.Of(entry.Tenant)) is not null)
                continue;
            pass.Additions<OutboxItem>().Add(Push.ItemFor(account, campaign, notice, definition, null, terms, entry));
            sent++;
        }
        var goesOn = keys.Count == NoticeBatches.Size;
        notices.Put(notice with { Recipients = notice.Recipients + sent, SentUpTo = goesOn ? keys[^1].Split('/')[^1] : null });
        if (goesOn)
            pass.Append(Next(entry, notice, body.Step + 1));
    }

    public static NewEntry Next(Entry cause, Notice notice, int step) => NewEntry.Internal(
        notice.Tenant, $"notice-members:{notice.Id}:{step}", NoticeEntries.Members, null, cause.AcceptedAt,
        new NoticeEntries.MembersBody(notice.Id, notice.Campaign, step));
}
