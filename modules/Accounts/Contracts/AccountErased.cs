using MediatR;

namespace Loyalty.Accounts.Contracts;

/// <summary>An account is being erased: whoever keeps something of it removes that, and says how much it was.</summary>
/// <param name="Account">The account as it was.</param>
public sealed record AccountErased(Pass Pass, Account Account, IDictionary<string, int> Receipt) : INotification
{
    /// <summary>How long tombstones stay: longer than any write can be late.</summary>
    public static TimeSpan TombstonesStay { get; } = TimeSpan.FromDays(30);

    public DateTimeOffset ExpireAt => Pass.Entry.AcceptedAt + TombstonesStay;
}
