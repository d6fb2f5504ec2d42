using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Stats;

/// <summary>An account came into another segment: a fact, under an id that cannot repeat. It names no person.</summary>
internal sealed record SegmentMove
{
    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Null: it was in none, or is new.</summary>
    public string? From { get; init; }

    /// <summary>Null: it is in none, or was erased.</summary>
    public string? To { get; init; }

    /// <summary>The random name of one life of an account.</summary>
    public required string Incarnation { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The day in the tenant's zone.</summary>
    public required DateOnly Day { get; init; }
}
