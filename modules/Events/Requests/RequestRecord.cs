using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Events;

/// <summary>
/// A batch that was posted under a name: an Idempotency-Key, or one that we gave so that its outcomes can be read later.
/// </summary>
internal sealed record RequestRecord
{
    [BsonId]
    public required string Key { get; init; }

    /// <summary>Hash of the body, which a repeat must have too.</summary>
    public required string Body { get; init; }

    /// <summary>The event ids in the order of the batch, and what was wrong with those that never got into the inbox.</summary>
    public List<RequestItem> Items { get; init; } = [];

    /// <summary>The first answer, which every repeat gets again.</summary>
    public List<Outcome>? Answer { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }
}

internal sealed record RequestItem(string? EventId, EventProblem? Problem);
