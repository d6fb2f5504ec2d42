using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Outbox;

public enum OutboxStatus
{
    /// <summary>To be delivered, or to be tried again.</summary>
    Pending,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>Given up; it can be resent.</summary>
    Dead,

    /// <summary>Obsolete before it was delivered, or its subject was erased.</summary>
    Withdrawn,
}

/// <summary>
/// Something on its way out, as stored in <c>outbox.items</c>. A pass adds it, under an id that cannot repeat; from then on only the
/// outbox changes it, by conditional updates, and applying the pass again leaves it as it is.
/// </summary>
public sealed record OutboxItem
{
    /// <summary>Hash of incarnation and cause; also the idempotency key that the receiver sees.</summary>
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>By which channel it leaves (<see cref="IOutboxChannel"/>).</summary>
    public required string Channel { get; init; }

    /// <summary>Where it goes: one channel of one tenant. What goes to one receiver never waits for another.</summary>
    public required string Receiver { get; init; }

    /// <summary>What stays in order: all that goes to one receiver for one subject.</summary>
    public required string Lane { get; init; }

    /// <summary>The order within the lane.</summary>
    public required long Order { get; init; }

    /// <summary>Whom it is about; empty once that one is erased.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject's random name, which leads to no person.</summary>
    public required string Incarnation { get; init; }

    /// <summary>What the channel keeps to tell whether it is obsolete; nothing personal.</summary>
    public IReadOnlyDictionary<string, string> About { get; init; } = new Dictionary<string, string>();

    /// <summary>The JSON that is sent, byte for byte; empty once the subject is erased.</summary>
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

    /// <summary>What the entry being decided sends.</summary>
    /// <param name="id">Cannot repeat.</param>
    public static OutboxItem Of(Pass pass, string id, string channel, string subject, string incarnation, string body)
    {
        var receiver = Key.Of(pass.Entry.Tenant, channel);
        return new OutboxItem
        {
            Id = id,
            Tenant = pass.Entry.Tenant,
            Channel = channel,
            Receiver = receiver,
            Lane = $"{receiver}/{incarnation}",
            Order = pass.Entry.Position,
            Subject = subject,
            Incarnation = incarnation,
            Body = body,
            CreatedAt = pass.Now,
            NextAt = pass.Now,
        };
    }
}
