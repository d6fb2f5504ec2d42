using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>What may move a walk on.</summary>
internal abstract record WalkTrigger
{
    /// <summary>The account joined, or changed.</summary>
    /// <param name="By">The order that did it, if one did.</param>
    public sealed record Looked(OrderCounted? By = null) : WalkTrigger;

    /// <summary>The campaign goes on after a pause.</summary>
    public sealed record Resumed : WalkTrigger;

    /// <summary>An order of the account began to count.</summary>
    public sealed record OrderCounted(Order Order, DateTimeOffset At) : WalkTrigger;

    /// <summary>An order that had counted was taken back.</summary>
    public sealed record OrderReversed(string Order, decimal Total) : WalkTrigger;

    public sealed record CouponUsedUp(string Coupon) : WalkTrigger;

    public sealed record CouponExpired(string Coupon) : WalkTrigger;

    /// <summary>The account has paid for the coupon of a state.</summary>
    public sealed record CouponBought(string State) : WalkTrigger;

    public sealed record MessageReceived : WalkTrigger;

    /// <summary>The deprecated call that reports a coupon as received.</summary>
    public sealed record CouponReceived : WalkTrigger;
}
