using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Loyalty.Passes.Parked;

/// <summary>
/// A write of a recorded pass that the store refused for good. It stands in the inbox as a parked entry; a retry makes it again. Whoever needs
/// the same document waits behind it.
/// </summary>
internal sealed class WriteRefused : EntryHandler<WriteRefused.Body>
{
    /// <param name="Document">As base64 of BSON.</param>
    [EntryKind("passes.write-refused")]
    internal sealed record Body(string Collection, string Document);

    public static InboxEntry Of(RefusedWrite refused, long pass, IReadOnlyCollection<string> keys, DateTimeOffset now, long position)
    {
        var id = refused.Document!["_id"].ToString()!;
        var tenant = refused.Document.TryGetValue("tenant", out var own) && own.IsString ? own.AsString
            : id.Contains('/', StringComparison.Ordinal) ? Key.TenantOf(id) : "system";
        var body = new Body(refused.Collection, Convert.ToBase64String(refused.Document.ToBson()));
        return InboxEntry.Of(NewEntry.Of(tenant, $"{refused.Collection} {id} {pass}", body, now), now, position) with
        {
            State = EntryState.Parked,
            Error = $"The store refused a write to {refused.Collection}: {refused.Reason}",
            Keys = [.. keys.Append(Key.Of(refused.Collection, id)).Distinct()],
        };
    }

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body)
    {
        var document = BsonSerializer.Deserialize<BsonDocument>(Convert.FromBase64String(body.Document));
        if (document.Contains("lastPass"))
            document["lastPass"] = pass.Number;
        pass.WriteAgain(body.Collection, new RawBsonDocument(document.ToBson()));
        return Task.CompletedTask;
    }
}
