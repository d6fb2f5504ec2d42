
namespace Loyalty.Events.Contracts;

/// <summary>What modules tell about an event.</summary>
public sealed record EventDetails : OutcomeDetails
{
    /// <summary>Coupons that an order named and that could not be used, each with the reason. The order itself counts.</summary>
    public IReadOnlyList<UnusableCoupon>? UnusableCoupons { get; init; }

    /// <summary>What an erasure has removed, by what it was: how many.</summary>
    public IReadOnlyDictionary<string, int>? Erased { get; init; }
}

/// <summary>A coupon that an order named in vain.</summary>
/// <param name="Coupon">The code as the order named it.</param>
/// <param name="Reason">NOT_FOUND, USED, EXPIRED, VOID, HELD or LOCKED.</param>
public sealed record UnusableCoupon(string Coupon, string Reason);
