using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

/// <summary>
/// One change of a wallet, as stored in <c>campaigns.ledger</c>, under an id that cannot repeat. All of one life of an account add up to its
/// counter <c>wallet</c>. It names no person.
/// </summary>
internal sealed record LedgerEntry
{
    public const string Collection = "campaigns.ledger";

    /// <summary>Hash of incarnation and cause.</summary>
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The account's random name.</summary>
    public required string Incarnation { get; init; }

    /// <summary>In the tenant's currency; negative where something was taken.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Which of several wallets.</summary>
    public string? Wallet { get; init; }

    /// <summary>The campaign that gave it; absent where an event said it.</summary>
    public string? Campaign { get; init; }

    public string? State { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Until when the credit is valid. Note: recorded and handed over; the built-in balance does not shrink by itself.</summary>
    public DateTimeOffset? Expires { get; init; }
}
