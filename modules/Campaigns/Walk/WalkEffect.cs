using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>What follows from a walk's move, to be carried out in the same pass.</summary>
internal abstract record WalkEffect
{
    public sealed record GiveCoupon(CouponStateDefinition State, string Code) : WalkEffect;

    public sealed record CreditWallet(WalletStateDefinition State, WalletLot Lot, IReadOnlyList<OrderShare> Led) : WalkEffect;

    public sealed record OrderQualified(string State, Order Order) : WalkEffect;

    public sealed record OrderDisqualified(string State, string Order, decimal Total) : WalkEffect;

    public sealed record MessageSeen(string State) : WalkEffect;

    public sealed record StateFinished(string State) : WalkEffect;

    public sealed record Ended(WalkEnd How) : WalkEffect;
}

/// <summary>Where a walk has come to: the membership and the account as they are now, and what follows.</summary>
internal sealed record WalkResult(Membership Membership, Account Account, IReadOnlyList<WalkEffect> Effects)
{
    /// <summary>The walk stays where it was, for good: only this one, not the account's others.</summary>
    public static WalkResult Stopped(Membership membership, Account account, string fault) => new(membership with { Fault = fault }, account, []);
}
