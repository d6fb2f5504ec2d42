using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Passes.Inbox;

/// <summary>What a pass decided about one entry.</summary>
internal sealed record InboxUpdate(
    string Id, long Position, EntryState State, Outcome Outcome, string? Subject, string? Error, DateTimeOffset? ExpireAt, IReadOnlyList<string>? Others,
    IReadOnlyList<string>? Keys)
{
    [BsonIgnore]
    public bool IsRefused => Outcome.Status == OutcomeStatus.Rejected;

    [BsonIgnore]
    public bool Blocks => State is EntryState.Parked or EntryState.Waiting;

    /// <summary>Lets a parked or waiting entry be decided again.</summary>
    public static InboxUpdate Release(InboxEntry entry) =>
        new(entry.Id, entry.Position, EntryState.Pending, Outcome.Accepted(entry.EventId), entry.Subject, null, null, entry.Others, null);

    public BsonDocument ToFields(long pass) => new()
    {
        ["lastPass"] = pass,
        ["state"] = State.ToString(),
        ["outcome"] = Outcome.ToBsonDocument(),
        ["subject"] = (BsonValue?)Subject ?? BsonNull.Value,
        ["others"] = Others is null ? BsonNull.Value : new BsonArray(Others),
        ["error"] = (BsonValue?)Error ?? BsonNull.Value,
        ["keys"] = Keys is null ? BsonNull.Value : new BsonArray(Keys),
        ["expireAt"] = ExpireAt is { } expireAt ? new BsonDateTime(expireAt.ToUnixTimeMilliseconds()) : BsonNull.Value,
    };
}
