using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;

namespace Loyalty.Campaigns;

/// <summary>A coupon's time is over: it expires, and the walk that waits for its use moves on.</summary>
internal sealed class ExpireCoupon(JoinIndexes joins) : EntryHandler<ExpireCoupon.Body>
{
    public const string Source = "campaigns.coupons";

    [EntryKind("campaign.coupon-expired")]
    internal sealed record Body(string Coupon);

    public static DueItem ItemOf(Coupon coupon) =>
        new(coupon.Tenant, coupon.DueAt!.Value, $"A coupon of campaign {coupon.Campaign} expires.", new Body(coupon.Code), coupon.Account);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
        var key = Key.Of(entry.Tenant, body.Coupon);
        needs.Document<Coupon>(key);
        if (needs.Find<Coupon>(key) is { Owner: { Length: > 0 } owner })
            needs.Document<Account>(owner);
    }

    protected override async Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        if (pass.Find<Coupon>(Key.Of(entry.Tenant, body.Coupon)) is not { Status: CouponStatus.Open } coupon || !(coupon.ValidTo <= entry.AcceptedAt))
            return;
        pass.Concerns(coupon.Account);
        pass.Put(coupon with { Status = CouponStatus.Expired });
        if (pass.Account(entry.Tenant, coupon.Account) is not { } account)
            return;
        account = pass.Change(account, known => known.WithCoupons(null, [coupon.Code]));
        await pass.PublishAsync(new CampaignFact(
            pass, CampaignFactKind.CouponExpired, pass.FiguresOf(coupon.Campaign), coupon.State, account.Incarnation, null, entry.AcceptedAt));
        var walks = new MemberWalks(joins, pass, account);
        await walks.MeetAsync(new WalkTrigger.CouponExpired(coupon.Code));
        await walks.SettleAsync();
    }
}
