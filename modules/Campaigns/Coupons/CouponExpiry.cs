using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Campaigns;

/// <summary>Coupons whose time is over: each becomes an entry, and the walk that waits for its use moves on.</summary>
internal sealed class CouponExpiry(CouponStore coupons) : IDue
{
    public const string Source = "campaigns.coupons";

    public string Name => Source;

    public async Task<IReadOnlyList<DueItem>> NextAsync(string? tenant, int limit, CancellationToken cancellationToken) =>
    [
        .. (await coupons.NextDueAsync(tenant, limit, cancellationToken)).Select(coupon => new DueItem(
            coupon.DueAt!.Value, $"A coupon of campaign {coupon.Campaign} expires.", NewEntry.Internal(
                coupon.Tenant, $"expire:{coupon.Code}:{coupon.LastPass}", CampaignEntries.CouponExpired, coupon.Account,
                coupon.DueAt.Value, new CampaignEntries.CouponBody(coupon.Code)))),
    ];

    public static async Task DecideAsync(Pass pass, Entry entry, CampaignEntries.CouponBody body, IMediator mediator)
    {
        var coupons = pass.Documents<Coupon>();
        if (coupons.Find(Key.Of(entry.Tenant, body.Coupon)) is not { Status: CouponStatus.Open } coupon || !(coupon.ValidTo <= entry.AcceptedAt))
            return;
        pass.Concerns(coupon.Account);
        coupons.Put(coupon with { Status = CouponStatus.Expired });
        if (pass.Account(entry.Tenant, coupon.Account) is not { } account)
            return;
        account = pass.Change(account, known => known with { Coupons = known.Coupons.Without([coupon.Code]) });
        await mediator.Publish(new CampaignFact(
            pass, CampaignFactKind.CouponExpired, coupon.Campaign, coupon.State, account.Incarnation, null, entry.AcceptedAt));
        var walks = new MemberWalks(mediator, pass, account);
        await walks.MeetAsync(new WalkTrigger.CouponExpired(coupon.Code));
        await walks.SettleAsync();
    }
}
