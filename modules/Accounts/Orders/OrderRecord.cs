using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>
/// What is kept of an order for good: whose it is, how far it has come, and what it was worth when it counted. Later statuses
/// follow it, whatever account or card they name.
/// </summary>
internal sealed record OrderRecord : IPassDocument
{
    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Empty once the account has been erased: the order stays known, so that it cannot count again.</summary>
    public required string Account { get; init; }

    public OrderPhase Phase { get; init; }

    public required string Status { get; init; }

    /// <summary>The amount that the counters hold for it, once it has counted.</summary>
    public decimal Counted { get; init; }

    public static string IdOf(string tenant, string order) => Key.Of(tenant, order);
}
