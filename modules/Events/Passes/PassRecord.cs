using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Events;

/// <summary>
/// A pass's whole decision: every resulting write and every answer. Once it is stored nothing is decided any more; what it
/// says is written, as often as it takes.
/// </summary>
internal sealed record PassRecord
{
    /// <summary>
    /// Passes are numbered without gaps. The number cannot be taken twice, nor one below the newest, which fences a host that has lost
    /// the lease.
    /// </summary>
    [BsonId]
    public required long Number { get; init; }

    /// <summary>Note: always 0. It leaves room for several deciders, each with its own numbers.</summary>
    public int Partition { get; init; }

    public required string Holder { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// All that passes up to this number say has been written, the inbox's marks included. Whoever takes over does again what comes
    /// after the newest record's.
    /// </summary>
    public long Applied { get; init; }

    public List<CollectionWrites> Writes { get; init; } = [];

    public List<Mark> Marks { get; init; } = [];

    /// <summary>Blanking entries follows their marks, as it says of entries that are done what becomes of them.</summary>
    [BsonIgnore]
    public IEnumerable<CollectionWrites> Blanking => Writes.Where(writes => writes.Collection == InboxStore.Name && writes.Updates.Count > 0);

    /// <summary>
    /// Whether the next pass may begin before the marks are written. Note: it may not where they say who is parked, who waits or
    /// who is let go, because that is what the next pass reads in the inbox.
    /// </summary>
    [BsonIgnore]
    public bool OnlyEnds => Marks.TrueForAll(mark => mark.State == EntryState.Done) && !Blanking.Any();
}
