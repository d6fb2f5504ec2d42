using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Passes.Records;

/// <summary>
/// A pass's whole decision: every resulting write and every answer. Once it is stored nothing is decided any more; what it
/// says is written, as often as it takes.
/// </summary>
internal sealed record PassRecord
{
    private const int Room = 512;

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
    /// All that passes up to this number say has been written, the inbox updates included. A take-over does again what comes after the newest
    /// record's.
    /// </summary>
    public long Applied { get; init; }

    public List<CollectionWrites> Writes { get; init; } = [];

    /// <summary>What became of entries that stand in the inbox.</summary>
    public List<InboxUpdate> Updates { get; init; } = [];

    /// <summary>Entries that were decided before they stood in the inbox, as they are to stand there.</summary>
    public List<RawBsonDocument> Entries { get; init; } = [];

    /// <param name="posted">Those of the entries that do not stand in the inbox yet.</param>
    /// <param name="empty">The record that it would be if nothing were decided.</param>
    public static PassRecord Of(Decision decision, IEnumerable<InboxEntry> posted, PassRecord empty)
    {
        var entries = posted.ToDictionary(entry => entry.Id, entry => entry with { LastPass = empty.Number });
        foreach (var update in decision.Updates.Where(update => entries.ContainsKey(update.Id)))
            entries[update.Id] = entries[update.Id].With(update);
        return empty with
        {
            Writes = decision.Pass.Writes(),
            Entries = [.. entries.Values.Select(entry => PassBytes.Of(entry))],
            Updates = [.. decision.Updates.Where(update => !entries.ContainsKey(update.Id))],
        };
    }

    /// <summary>Note: made at its full length, because a buffer that grows with a record of megabytes copies it again and again.</summary>
    public RawBsonDocument ToBytes() => PassBytes.OfLarge(this, Room + Updates.Count * Room + Entries.Sum(Length) + Writes.Sum(
        writes => Room + writes.Insertions.Sum(Length) + writes.Replacements.Sum(Length) + writes.Updates.Count * Room));

    /// <summary>Blanking entries follows their updates, as it says of entries that are done what becomes of them.</summary>
    [BsonIgnore]
    public IEnumerable<CollectionWrites> Blanking => Writes.Where(writes => writes.Collection == InboxStore.Name && writes.Updates.Count > 0);

    private static int Length(RawBsonDocument document) => document.Slice.Length + 16;
}
