using System.Text.Json;
using Loyalty.Accounts.Contracts;
using Loyalty.Outbox;

namespace Loyalty.Campaigns;

/// <summary>A notice is due: it goes to the outbox, or it is recorded why it does not.</summary>
internal sealed class SendNotice : EntryHandler<SendNotice.Body>
{
    public const string Source = "campaigns.notices";

    [EntryKind("campaign.notice")]
    internal sealed record Body(string Notice);

    public static DueItem ItemOf(Notice notice)
    {
        var kind = JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{notice.Kind}");
        return new(
            notice.Tenant, notice.DueAt!.Value, $"{kind} notification of campaign {notice.Campaign}{(notice.Account.Length > 0 ? "" : ", to all in it")}",
            new Body(notice.Id), notice.Account.Length > 0 ? notice.Account : null);
    }

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
        needs.Document<Notice>(body.Notice);
        if (needs.Find<Notice>(body.Notice) is not { } notice)
            return;
        if (notice.Owner.Length > 0)
            needs.Document<Account>(notice.Owner);
        if (notice.Coupon is { } code)
            needs.Document<Coupon>(Key.Of(notice.Tenant, code));
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Find<Notice>(body.Notice) is not { Status: NoticeStatus.Open } notice)
            return Task.CompletedTask;
        if (notice.Account.Length > 0)
            pass.Concerns(notice.Account);
        var campaign = pass.StartedCampaign(notice.Tenant, notice.Campaign);
        var account = notice.Account.Length > 0 ? pass.Account(notice.Tenant, notice.Account) : null;
        var coupon = notice.Coupon is { } code ? pass.Find<Coupon>(Key.Of(notice.Tenant, code)) : null;
        switch (NoticeRule.Of(notice, campaign, account, coupon, pass.CampaignSettings(), pass.Zone(), pass.Now))
        {
            case NoticeRuling.Later later:
                pass.Put(notice with { DueAt = later.Due });
                break;
            case NoticeRuling.Hold:
                pass.Put(notice with { DueAt = null, IsHeld = true });
                break;
            case NoticeRuling.End end:
                pass.Put(notice.Settled(end.Status, end.Why, pass.Now));
                break;
            case NoticeRuling.Send when account is null:
                pass.Put(notice.Settled(NoticeStatus.Sent, null, pass.Now));
                pass.Start(new SendToMembers.Body(notice.Id, notice.Campaign));
                break;
            case NoticeRuling.Send send:
                pass.Send(Push.ItemFor(pass, account, campaign!, notice, send.Definition, coupon));
                pass.Put(notice.Settled(NoticeStatus.Sent, null, pass.Now) with { Recipients = 1 });
                break;
        }
        return Task.CompletedTask;
    }
}
