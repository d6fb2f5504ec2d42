using Loyalty.Events.Contracts;
using Loyalty.Mongo;
using MongoDB.Bson;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>The inbox: what was acknowledged, in order, and what became of it.</summary>
internal sealed class InboxStore(IMongoDatabase database)
{
    public const string Name = "events.inbox";

    private readonly IMongoCollection<InboxEntry> collection = database.GetCollection<InboxEntry>(Name);
    private readonly IMongoCollection<BsonDocument> documents = database.GetCollection<BsonDocument>(Name);
    private readonly IMongoCollection<RawBsonDocument> bytes = database.GetCollection<RawBsonDocument>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // The next pass, what is parked, and who waits behind it.
        new(Builders<InboxEntry>.IndexKeys.Ascending(entry => entry.State).Ascending(entry => entry.Position)),
        // Blanking what an erased account has sent.
        new(Builders<InboxEntry>.IndexKeys.Ascending(entry => entry.Tenant).Ascending(entry => entry.Account)),
        // Forgetting what is done, after the retention.
        new(Builders<InboxEntry>.IndexKeys.Ascending(entry => entry.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>Inserts what is new and answers the indexes of entries whose id is known already.</summary>
    public async Task<IReadOnlyList<int>> InsertAsync(IReadOnlyList<InboxEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return [];
        try
        {
            await collection.InsertManyAsync(entries, new InsertManyOptions { IsOrdered = false }, cancellationToken);
            return [];
        }
        catch (MongoBulkWriteException error) when (Duplicates.AreAll(error))
        {
            return [.. error.WriteErrors.Select(write => write.Index)];
        }
    }

    /// <summary>Those of these ids that are taken.</summary>
    public async Task<IReadOnlySet<string>> KnownAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var found = await documents.Find(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids))))
            .Project(new BsonDocument("_id", 1)).ToListAsync(cancellationToken);
        return found.Select(entry => entry["_id"].AsString).ToHashSet(StringComparer.Ordinal);
    }

    public async Task<Dictionary<string, InboxEntry>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = await collection.FindInAsync(entry => entry.Id, ids, cancellationToken);
        return found.ToDictionary(entry => entry.Id);
    }

    /// <summary>Note: written out, as in other calls of every pass, because translating expressions anew takes longer than the answer.</summary>
    /// <param name="decided">Positions of entries that are decided although they are not marked yet.</param>
    public async Task<IReadOnlyList<InboxEntry>> PendingAsync(int limit, IReadOnlyCollection<long> decided, CancellationToken cancellationToken)
    {
        var filter = new BsonDocument("state", nameof(EntryState.Pending));
        if (decided.Count > 0)
            filter["position"] = new BsonDocument("$nin", new BsonArray(decided));
        return await collection.Find(filter).Sort(new BsonDocument("position", 1)).Limit(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Keys of the accounts that have a parked entry, behind which later ones have to wait.</summary>
    public async Task<IReadOnlyList<string>> ParkedAccountsAsync(CancellationToken cancellationToken)
    {
        var parked = await collection.Find(entry => entry.State == EntryState.Parked)
            .Project(entry => new { entry.Tenant, entry.Account }).ToListAsync(cancellationToken);
        return [.. parked.Where(entry => entry.Account is not null).Select(entry => Key.Of(entry.Tenant, entry.Account!))];
    }

    public async Task<IReadOnlyList<InboxEntry>> ParkedAsync(string tenant, int limit, CancellationToken cancellationToken) =>
        await collection.Find(entry => entry.State == EntryState.Parked && entry.Tenant == tenant)
            .SortBy(entry => entry.Position).Limit(limit).ToListAsync(cancellationToken);

    /// <summary>Those that wait behind parked entries, in any of these tenants.</summary>
    public async Task<IReadOnlyList<InboxEntry>> WaitingAsync(IEnumerable<string> tenants, CancellationToken cancellationToken) =>
        await collection.Find(Builders<InboxEntry>.Filter.Eq(entry => entry.State, EntryState.Waiting) & Builders<InboxEntry>.Filter.In(entry => entry.Tenant, tenants))
            .ToListAsync(cancellationToken);

    /// <summary>Puts a mended event in the place of a rejected one with the same id, unless somebody was faster.</summary>
    public async Task ResendAsync(InboxEntry rejected, InboxEntry mended, CancellationToken cancellationToken) =>
        await collection.ReplaceOneAsync(
            entry => entry.Id == rejected.Id && entry.Position == rejected.Position && entry.State == EntryState.Done,
            mended with { LastPass = rejected.LastPass }, cancellationToken: cancellationToken);

    /// <summary>
    /// Writes what a pass decided, and nothing over what a later one did. The position tells a mended entry from the one that was decided.
    /// </summary>
    public Task MarkAsync(IReadOnlyList<Mark> marks, long pass, CancellationToken cancellationToken) =>
        documents.BulkWriteAsync(marks.Select(mark => ToUpdate(mark, pass)), new BulkWriteOptions { IsOrdered = false }, cancellationToken);

    /// <summary>
    /// Stores entries that a pass has decided before they were stored. Harmless to repeat. Another host may have stored the same entry
    /// since, to be decided: what was decided takes its place.
    /// </summary>
    public async Task PutAsync(IReadOnlyList<RawBsonDocument> decided, long pass, CancellationToken cancellationToken)
    {
        try
        {
            await bytes.InsertManyAsync(decided, new InsertManyOptions { IsOrdered = false }, cancellationToken);
        }
        catch (MongoBulkWriteException error) when (Duplicates.AreAll(error))
        {
            var models = error.WriteErrors.Select(write => decided[write.Index]).Select(entry => new ReplaceOneModel<RawBsonDocument>(
                new BsonDocument { ["_id"] = entry["_id"], ["lastPass"] = NotSince(pass) }, entry));
            await bytes.BulkWriteAsync(models, new BulkWriteOptions { IsOrdered = false }, cancellationToken);
        }
    }

    private static BsonDocument NotSince(long pass) => new("$not", new BsonDocument("$gte", pass));

    private static UpdateOneModel<BsonDocument> ToUpdate(Mark mark, long pass) => new(
        new BsonDocument { ["_id"] = mark.Id, ["position"] = mark.Position, ["lastPass"] = NotSince(pass) },
        new BsonDocument("$set", new BsonDocument
        {
            ["lastPass"] = pass,
            ["state"] = mark.State.ToString(),
            ["outcome"] = mark.Outcome.ToBsonDocument(),
            ["account"] = (BsonValue?)mark.Account ?? BsonNull.Value,
            ["error"] = (BsonValue?)mark.Error ?? BsonNull.Value,
            ["expireAt"] = mark.ExpireAt is { } expireAt ? new BsonDateTime(expireAt.ToUnixTimeMilliseconds()) : BsonNull.Value,
        }));
}

/// <summary>What a pass decided about one entry.</summary>
internal sealed record Mark(string Id, long Position, EntryState State, Outcome Outcome, string? Account, string? Error, DateTimeOffset? ExpireAt)
{
    [BsonIgnore]
    public bool IsRefused => Outcome.Status == OutcomeStatus.Rejected;
}
