using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Events;

/// <summary>
/// A batch that was posted under a name: an Idempotency-Key, or one that we gave so that its outcomes can be read later. It holds no outcome
/// but refers to the entries, so that an erasure of an entry reaches it.
/// </summary>
internal sealed record RequestRecord
{
    /// <summary>Tenant, and hash of the caller and the name: the keys of one caller are nothing to another.</summary>
    [BsonId]
    public required string Key { get; init; }

    /// <summary>Hash of the body, which a repeat must have too.</summary>
    public required string Body { get; init; }

    /// <summary>The items in the order of the batch.</summary>
    public List<RequestItem> Items { get; init; } = [];

    /// <summary>Whether the batch has been answered with outcomes, which every repeat gets again.</summary>
    public bool IsAnswered { get; init; }

    public required DateTimeOffset ExpireAt { get; init; }

    public static string KeyOf(string tenant, string caller, string name) => Passes.Key.Of(tenant, CauseId.Of(caller, name));
}

/// <summary>One item of a batch.</summary>
/// <param name="Entry">The id of its entry in the inbox; null: it never got there.</param>
/// <param name="Problem">Why it never got there.</param>
/// <param name="WasDuplicate">It was answered as a repeat of an earlier event.</param>
internal sealed record RequestItem(string? Entry, EntryProblem? Problem, bool WasDuplicate = false);
