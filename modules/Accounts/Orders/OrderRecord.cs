using Loyalty.Accounts.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>
/// What is kept of an order for good: whose it is, how far it has come, and what it was worth when it counted. Later statuses
/// follow it, whatever account or card they name.
/// </summary>
internal sealed record OrderRecord : IPassDocument
{
    /// <summary>All orders of an account.</summary>
    public static readonly DocumentGroup<OrderRecord> OfOwner = new(order => order.Owner);

    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The key (tenant and id) of the account; empty once it is erased: the order stays known, so that it cannot count again.</summary>
    public required string Owner { get; init; }

    public OrderPhase Phase { get; init; }

    public required string Status { get; init; }

    /// <summary>The amount that the counters hold for it, once it has counted.</summary>
    public decimal Counted { get; init; }

    [BsonIgnore]
    public string Account => Owner.Length == 0 ? "" : Owner[(Tenant.Length + 1)..];

    public static string IdOf(string tenant, string order) => Key.Of(tenant, order);
}
