using System.Text.Json;
using Loyalty.Web;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Passes.Chains;

/// <summary>A chain of entries through many items, and how far it has come.</summary>
internal sealed record Chain : IPassDocument
{
    public const string Collection = "events.chains";

    private const int FirstSlice = 50;
    private const int LargestSlice = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private object? read;

    [BsonId]
    public required string Id { get; init; }

    public long LastPass { get; init; }

    public required string Tenant { get; init; }

    public required string Kind { get; init; }

    /// <summary>What is the same in all steps, as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>The cursor of the last item that was decided. Note: it stands here and not in an entry, so that it does not stay in the inbox.</summary>
    public string? Cursor { get; init; }

    public int Steps { get; init; }

    /// <summary>How many items have been decided.</summary>
    public long Items { get; init; }

    /// <summary>How many items the next step looks at. It follows from how many fitted the budget of the last one.</summary>
    public int Slice { get; init; } = FirstSlice;

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ExpireAt { get; init; }

    [BsonIgnore]
    public bool IsOver => EndedAt is not null;

    public static Chain Of(Entry cause, object body, string what)
    {
        var kind = EntryKindAttribute.Of(body.GetType());
        return new Chain
        {
            Id = Key.Of(cause.Tenant, CauseId.Of(kind, cause.Id, $"{cause.Position}", what)),
            Tenant = cause.Tenant,
            Kind = kind,
            Body = NewEntry.TextOf(body),
            StartedAt = cause.AcceptedAt,
        };
    }

    public TBody Read<TBody>() where TBody : class => (TBody)(read ??= JsonSerializer.Deserialize<TBody>(Body, JsonSettings.Options)!);

    /// <summary>The entry of the next step.</summary>
    public NewEntry NextStep(DateTimeOffset at) => Entry($"{Steps}", new ChainCall(Id, null, null), at);

    /// <summary>An entry for one item that the chain could not decide.</summary>
    public NewEntry Part(string item, DateTimeOffset at) =>
        Entry($"part {item}", new ChainCall(null, JsonSerializer.Deserialize<JsonElement>(Body), item), at);

    /// <param name="taken">How many items fitted.</param>
    /// <param name="seen">How many it looked at.</param>
    public Chain Advanced(string? cursor, int taken, int seen) => this with
    {
        Cursor = cursor,
        Steps = Steps + 1,
        Items = Items + taken,
        Slice = Math.Clamp(taken < seen ? taken + 1 : Slice * 2, 1, LargestSlice),
    };

    public Chain Ended(DateTimeOffset at) => this with { Cursor = null, EndedAt = at, ExpireAt = at + Kept };

    private NewEntry Entry(string what, ChainCall call, DateTimeOffset at) =>
        new(Tenant, EntryId.Internal(Kind, $"{Id} {what}"), Kind, null, at, NewEntry.TextOf(call));
}

/// <summary>What an entry of a chain carries.</summary>
/// <param name="Chain">The chain of which this is the next step.</param>
/// <param name="Part">The chain's body, where the entry is about one item.</param>
internal sealed record ChainCall(string? Chain, JsonElement? Part, string? Item);
