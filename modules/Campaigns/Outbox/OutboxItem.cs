using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns;

internal enum OutboxKind
{
    /// <summary>A push notification, for the tenant's push webhook.</summary>
    Push,

    /// <summary>A credit, for the tenant's outside wallet.</summary>
    Wallet,
}

internal enum OutboxStatus
{
    /// <summary>To be delivered, or to be tried again.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>Given up; it can be resent.</summary>
    Dead,

    /// <summary>Not wanted any more: the coupon was used, the campaign ended, or the account was erased.</summary>
    Withdrawn,
}

/// <summary>
/// Something on its way out, as stored in <c>campaigns.outbox</c>. A pass adds it, under an id that cannot repeat; from then on only the
/// outbox changes it, by conditional updates, and applying the pass again leaves it as it is.
/// </summary>
internal sealed record OutboxItem
{
    /// <summary>Hash of incarnation and cause; also the idempotency key that the receiver sees.</summary>
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required OutboxKind Kind { get; init; }

    /// <summary>Where it goes: the tenant's webhook or the tenant's wallet. What goes to one receiver never waits for another.</summary>
    public required string Receiver { get; init; }

    /// <summary>What stays in order: all that goes to one receiver for one account.</summary>
    public required string Lane { get; init; }

    /// <summary>The order within the lane.</summary>
    public required long Order { get; init; }

    /// <summary>Empty once the account is erased.</summary>
    public required string Account { get; init; }

    /// <summary>The account's random name, which leads to no person.</summary>
    public required string Incarnation { get; init; }

    public required string Campaign { get; init; }

    /// <summary>The coupon that it is about: nothing is sent of one that is not open any more.</summary>
    public string? Coupon { get; init; }

    /// <summary>The JSON that is sent, byte for byte; empty once the account is erased.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After that it is of no use, and is not tried any more.</summary>
    public DateTimeOffset? Until { get; init; }

    public OutboxStatus Status { get; init; }

    /// <summary>When it is tried next; while it is being delivered, when the claim to it runs out. Not set once it is settled.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>The host that is delivering it.</summary>
    public string? Holder { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The HTTP status of the last answer.</summary>
    public int? LastStatus { get; init; }

    /// <summary>What became of the last attempt, in words.</summary>
    public string? Why { get; init; }

    public DateTimeOffset? ExpireAt { get; init; }

    public static string ReceiverOf(string tenant, OutboxKind kind) => Key.Of(tenant, kind == OutboxKind.Push ? "push" : "wallet");

    public static string LaneOf(string tenant, OutboxKind kind, string incarnation) => Key.Of(ReceiverOf(tenant, kind), incarnation);
}
