using MediatR;

namespace Loyalty.Accounts.Contracts;

/// <summary>What kind of movement a wallet had.</summary>
public enum WalletMove
{
    /// <summary>Something was given.</summary>
    Credit,

    /// <summary>Something was spent.</summary>
    Debit,

    /// <summary>What was left of a credit has ended.</summary>
    Expiry,

    /// <summary>What was spent on an order came back, because the order was cancelled or not paid.</summary>
    Return,

    /// <summary>A credit was taken back, because an order that earned it was cancelled or refunded.</summary>
    TakenBack,

    /// <summary>Moved to or from another account of the same person.</summary>
    Transfer,
}

/// <summary>A wallet was booked into.</summary>
/// <param name="Id">Of the ledger's entry.</param>
/// <param name="Parts">By lot, signed.</param>
public sealed record WalletMoved(Pass Pass, Account Account, string Id, WalletMove Kind, IReadOnlyList<WalletPart> Parts) : INotification;
