using Loyalty.Accounts.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>
/// One movement of a wallet, as stored in <c>accounts.ledger</c>, under an id that cannot repeat. All of one life of an account add up to its
/// counter <c>wallet</c>. It names no person.
/// </summary>
internal sealed record LedgerEntry
{
    /// <summary>Hash of the cause.</summary>
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The account's random name.</summary>
    public required string Incarnation { get; init; }

    /// <summary>Absent in what was booked before movements had kinds.</summary>
    public WalletMove? Kind { get; init; }

    /// <summary>In the tenant's currency; negative where something was taken.</summary>
    public required decimal Amount { get; init; }

    /// <summary>A name that the sender gave.</summary>
    public string? Wallet { get; init; }

    /// <summary>The campaign whose credit it was; absent where it was an event's, or several.</summary>
    public string? Campaign { get; init; }

    public string? State { get; init; }

    /// <summary>The order that it was spent on, or whose change took it back.</summary>
    public string? Order { get; init; }

    /// <summary>The event that gave it, where its sender has named it.</summary>
    public string? Event { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When the credit ends; absent where it does not, or several were touched.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The place of its cause among all causes, and its own among those of one cause: the order of movements.</summary>
    public long Position { get; init; }

    public int Number { get; init; }

    /// <summary>By lot, what it got or lost.</summary>
    public IReadOnlyList<LedgerPart> Lots { get; init; } = [];
}

/// <summary>What one lot got or lost.</summary>
internal sealed record LedgerPart(string Lot, decimal Amount);
