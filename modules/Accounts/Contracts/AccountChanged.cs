using Loyalty.Events.Contracts;
using MediatR;

namespace Loyalty.Accounts.Contracts;

/// <summary>An entry has changed an account; what follows from that follows now, before the account's next entry.</summary>
/// <param name="Order">What happened to an order, if that was it.</param>
public sealed record AccountChanged(Pass Pass, Account Account, OrderTurn? Order) : INotification;

/// <summary>What an entry did to an order of the account.</summary>
/// <param name="Total">The amount for which the order counts, or had counted.</param>
public sealed record OrderTurn(Order Order, OrderPhase Before, OrderPhase After, decimal Total)
{
    /// <summary>This entry made the order count.</summary>
    public bool Counted => After == OrderPhase.Paid && Before != OrderPhase.Paid;

    /// <summary>This entry took back an order that had counted.</summary>
    public bool Reversed => Before == OrderPhase.Paid && After == OrderPhase.Ended;
}

/// <summary>Where an order is in its life.</summary>
public enum OrderPhase
{
    /// <summary>Not heard of yet.</summary>
    None,

    /// <summary>Not paid: it sits among the opened orders and holds the coupons it names.</summary>
    Open,

    /// <summary>It has counted, once.</summary>
    Paid,

    /// <summary>Cancelled or abandoned, for good.</summary>
    Ended,
}
