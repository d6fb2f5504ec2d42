namespace Loyalty.Campaigns;

internal enum CouponReason
{
    /// <summary>No such coupon, or it is another account's.</summary>
    NotFound,

    /// <summary>All its uses are spent.</summary>
    Used,

    Expired,

    /// <summary>Its campaign is over.</summary>
    Void,

    /// <summary>An unpaid order holds it.</summary>
    Held,

    /// <summary>Another caller has taken it for a while.</summary>
    Locked,
}

/// <summary>Whether a coupon can be used, and by what. Pure.</summary>
internal static class CouponRule
{
    public static readonly TimeSpan HoldFor = TimeSpan.FromHours(24);

    /// <summary>Why an order may not use the coupon; null if it may. An order's own hold never stands in its way.</summary>
    public static CouponReason? Refusal(Coupon? coupon, string owner, string? order, DateTimeOffset now)
    {
        if (coupon is null || coupon.Owner != owner)
            return CouponReason.NotFound;
        if (order is not null && coupon.UsedBy.Contains(order))
            return null;
        return coupon.Status switch
        {
            CouponStatus.Used => CouponReason.Used,
            CouponStatus.Void => CouponReason.Void,
            CouponStatus.Expired => CouponReason.Expired,
            _ when coupon.ValidTo <= now => CouponReason.Expired,
            _ when coupon.UsedBy.Count + coupon.Holds.Count(hold => hold.Order != order && hold.Until > now) >= coupon.Uses => CouponReason.Held,
            _ => null,
        };
    }

    public static Coupon Use(Coupon coupon, string order) => coupon.UsedBy.Contains(order) ? coupon : With(
        coupon, [.. coupon.UsedBy, order], [.. coupon.Holds.Where(hold => hold.Order != order)]);

    public static Coupon Hold(Coupon coupon, string order, DateTimeOffset now) => coupon.UsedBy.Contains(order) ? coupon : With(
        coupon, [.. coupon.UsedBy], [.. coupon.Holds.Where(hold => hold.Order != order && hold.Until > now), new CouponHold(order, now + HoldFor)]);

    /// <summary>The order gives back what it holds and what it has used.</summary>
    public static Coupon Free(Coupon coupon, string order) => With(
        coupon, [.. coupon.UsedBy.Where(user => user != order)], [.. coupon.Holds.Where(hold => hold.Order != order)]);

    private static Coupon With(Coupon coupon, string[] usedBy, CouponHold[] holds) => coupon with
    {
        UsedBy = usedBy,
        Holds = holds,
        Orders = [.. usedBy.Concat(holds.Select(hold => hold.Order)).Distinct().Select(order => Key.Of(coupon.Tenant, order))],
        Status = coupon.Status switch
        {
            CouponStatus.Open or CouponStatus.Used => usedBy.Length >= coupon.Uses ? CouponStatus.Used : CouponStatus.Open,
            var closed => closed,
        },
    };
}
