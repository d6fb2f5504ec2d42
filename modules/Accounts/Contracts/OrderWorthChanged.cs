using MediatR;

namespace Loyalty.Accounts.Contracts;

/// <summary>An order that counts for an account is worth something else now, or does not count any more.</summary>
/// <param name="Order">Its id.</param>
/// <param name="Worth">What it is worth now; 0 where it does not count.</param>
public sealed record OrderWorthChanged(Pass Pass, Account Account, string Order, decimal Worth) : INotification;
