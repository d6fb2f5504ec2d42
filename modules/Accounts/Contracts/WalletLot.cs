using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts.Contracts;

/// <summary>A credit in a wallet: how much it was, what is left of it, when it ends, and who gave it.</summary>
public sealed record WalletLot
{
    /// <summary>Hash of its cause; also the id under which the ledger has booked it.</summary>
    [BsonElement("id")]
    public required string Id { get; init; }

    /// <summary>What was given, less what was taken back.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What may still be spent.</summary>
    public required decimal Left { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When what is left lapses. Absent: never.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>A name that the sender gave; the balance is one over all names.</summary>
    public string? Wallet { get; init; }

    /// <summary>The campaign that gave it; absent where an event did.</summary>
    public string? Campaign { get; init; }

    public string? State { get; init; }

    /// <summary>The event that gave it, where its sender has named it.</summary>
    public string? Event { get; init; }
}

/// <summary>How much of one lot was moved.</summary>
/// <param name="Lot">The lot as it was before.</param>
/// <param name="Amount">Signed: what the lot got or lost.</param>
public sealed record WalletPart(WalletLot Lot, decimal Amount);
