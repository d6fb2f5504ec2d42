using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Events;

/// <summary>
/// A pass's whole decision: every resulting write and every answer. Once it is stored nothing is decided any more; what it
/// says is written, as often as it takes.
/// </summary>
internal sealed record PassRecord
{
    /// <summary>Passes are numbered without gaps. The number cannot be taken twice, which fences a host that has lost the lease.</summary>
    [BsonId]
    public required long Number { get; init; }

    /// <summary>Note: always 0. It leaves room for several deciders, each with its own numbers.</summary>
    public int Partition { get; init; }

    public required string Holder { get; init; }

    public required DateTimeOffset At { get; init; }

    public bool Done { get; init; }

    public List<CollectionWrites> Writes { get; init; } = [];

    public List<Mark> Marks { get; init; } = [];
}
