using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>A notice is due: it goes to the outbox, or it is recorded why it does not.</summary>
internal static class SendNotice
{
    public static void Decide(Pass pass, Entry entry, NoticeEntries.DueBody body)
    {
        var notices = pass.Documents<Notice>();
        if (notices.Find(body.Notice) is not { Status: NoticeStatus.Open } notice)
            return;
        if (notice.Account.Length > 0)
            pass.Concerns(notice.Account);
        var terms = pass.Held<TenantTerms>();
        var campaign = pass.Documents<Campaign>().Find(Key.Of(notice.Tenant, notice.Campaign));
        var account = notice.Account.Length > 0 ? pass.Account(notice.Tenant, notice.Account) : null;
        var coupon = notice.Coupon is { } code ? pass.Documents<Coupon>().Find(Key.Of(notice.Tenant, code)) : null;
        var now = entry.AcceptedAt;
        switch (NoticeRule.Of(notice, campaign, account, coupon, terms.Of(notice.Tenant), terms.ZoneOf(notice.Tenant), now))
        {
            case NoticeRuling.Later later:
                notices.Put(notice with { DueAt = later.Due });
                pass.FallsDue(DueNotices.Source, later.Due);
                break;
            case NoticeRuling.End end:
                notices.Put(notice.Settled(end.Status, end.Why, now));
                break;
            case NoticeRuling.Send when account is null:
                notices.Put(notice.Settled(NoticeStatus.Sent, null, now));
                pass.Append(SendToMembers.Next(entry, notice, 0));
                break;
            case NoticeRuling.Send send:
                pass.Additions<OutboxItem>().Add(Push.ItemFor(account, campaign!, notice, send.Definition, coupon, terms, entry));
                notices.Put(notice.Settled(NoticeStatus.Sent, null, now) with { Recipients = 1 });
                break;
        }
    }
}
