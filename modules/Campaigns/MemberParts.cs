using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The coupons that a member was given.</summary>
internal sealed class MemberCoupons(CouponStore coupons) : IMemberPart
{
    public string Name => "coupons";

    public async Task<object> OfAsync(Account account, CancellationToken cancellationToken) =>
        (await coupons.AllOfAsync(account.Tenant, account.Id, cancellationToken)).Select(coupon => new
        {
            coupon.Code,
            coupon.Campaign,
            coupon.State,
            coupon.GivenAt,
            coupon.ValidTo,
            Status = coupon.Status.ToString().ToUpperInvariant(),
            Orders = coupon.UsedBy,
        }).ToArray();
}

/// <summary>The walks of a member through campaigns.</summary>
internal sealed class MemberCampaigns(MembershipStore memberships) : IMemberPart
{
    public string Name => "campaigns";

    public async Task<object> OfAsync(Account account, CancellationToken cancellationToken) =>
        (await memberships.OfAccountsAsync([account.Key], cancellationToken)).Select(walk => new
        {
            walk.Campaign,
            walk.State,
            walk.JoinedAt,
            walk.Since,
            End = walk.End?.ToString().ToUpperInvariant(),
        }).ToArray();
}
