using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>What became of one coupon through an order's turn.</summary>
internal sealed record CouponTurn(Coupon Before, Coupon After)
{
    public bool IsUsed => After.UsedBy.Count > Before.UsedBy.Count;

    public bool IsFreed => After.UsedBy.Count < Before.UsedBy.Count;

    public bool IsUsedUp => After.Status == CouponStatus.Used && Before.Status != CouponStatus.Used;
}

/// <summary>What an order does with coupons: unpaid it holds them, paid it uses them, ended it gives them back. Pure.</summary>
internal static class OrderCoupons
{
    /// <param name="ours">The coupons that the order names, holds or has used, by code; null where there is none.</param>
    public static (IReadOnlyList<CouponTurn> Turns, IReadOnlyList<UnusableCoupon> Unusable) Apply(
        OrderTurn turn, string owner, IReadOnlyDictionary<string, Coupon?> ours, DateTimeOffset now)
    {
        if (turn.Before == OrderPhase.Ended || turn.Before == OrderPhase.Paid && turn.After == OrderPhase.Paid)
            return ([], []);
        var order = turn.Order.Id;
        var named = turn.After == OrderPhase.Ended ? [] : (turn.Order.Coupons ?? []).Select(coupon => coupon.Coupon).ToHashSet();
        var turns = new List<CouponTurn>();
        var unusable = new List<UnusableCoupon>();
        foreach (var (code, coupon) in ours)
        {
            var refusal = named.Contains(code) ? CouponRule.Refusal(coupon, owner, order, now) : null;
            if (refusal is { } reason)
                unusable.Add(new UnusableCoupon(code, System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(reason.ToString())));
            if (coupon is null || coupon.Owner != owner)
                continue;
            var after = !named.Contains(code) || refusal is not null ? CouponRule.Free(coupon, order)
                : turn.After == OrderPhase.Paid ? CouponRule.Use(coupon, order)
                : CouponRule.Hold(coupon, order, now);
            turns.Add(new CouponTurn(coupon, after));
        }
        return (turns, unusable);
    }
}
