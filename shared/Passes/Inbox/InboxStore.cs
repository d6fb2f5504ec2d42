using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Passes.Inbox;

/// <summary>The inbox: what was acknowledged, in order, and what became of it.</summary>
internal sealed class InboxStore(IMongoDatabase database) : IOutcomes, IEntryLog
{
    public const string Name = "events.inbox";

    private readonly IMongoCollection<InboxEntry> collection = database.GetCollection<InboxEntry>(Name);
    private readonly IMongoCollection<BsonDocument> documents = database.GetCollection<BsonDocument>(Name);
    private readonly IMongoCollection<RawBsonDocument> bytes = database.GetCollection<RawBsonDocument>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // The next pass, what is parked, and who waits.
        new(Builders<InboxEntry>.IndexKeys.Ascending(entry => entry.State).Ascending(entry => entry.Position)),
        // Blanking what an erased subject has sent.
        new(Builders<InboxEntry>.IndexKeys.Ascending(entry => entry.Tenant).Ascending(entry => entry.Subject)),
        // Blanking what others have said of an erased subject.
        new(Builders<InboxEntry>.IndexKeys.Ascending(entry => entry.Others), new CreateIndexOptions { Sparse = true }),
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

    public async Task<IReadOnlyList<LoggedEntry>> OfSubjectAsync(string tenant, string subject, int most, CancellationToken cancellationToken)
    {
        var found = await collection.Find(entry => entry.Tenant == tenant && entry.Subject == subject)
            .SortByDescending(entry => entry.Position).Limit(most).ToListAsync(cancellationToken);
        return [.. found.Select(entry => new LoggedEntry(entry.Kind, entry.At, entry.AcceptedAt, entry.Outcome?.Status, JsonElement.Parse(entry.Body)))];
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

    async Task<IReadOnlyDictionary<string, Outcome>> IOutcomes.FindAsync(IReadOnlyCollection<string> entries, CancellationToken cancellationToken)
    {
        var found = await FindAsync([.. entries.Distinct()], cancellationToken);
        return found.ToDictionary(entry => entry.Key, entry => entry.Value is { State: EntryState.Done, Outcome: { } outcome } ? outcome : Outcome.Accepted(entry.Value.EventId));
    }

    /// <summary>Note: written out, as in other calls of every pass, because translating expressions anew takes longer than the answer.</summary>
    /// <param name="kinds">Of these kinds only, or of all others.</param>
    /// <param name="decided">Positions of entries that are decided although the inbox does not say so yet.</param>
    public async Task<IReadOnlyList<InboxEntry>> PendingAsync(
        int limit, KindFilter kinds, IReadOnlyCollection<long> decided, CancellationToken cancellationToken)
    {
        var filter = new BsonDocument { ["state"] = nameof(EntryState.Pending), ["kind"] = kinds.ToBson() };
        if (decided.Count > 0)
            filter["position"] = new BsonDocument("$nin", new BsonArray(decided));
        return await collection.Find(filter).Sort(new BsonDocument("position", 1)).Limit(limit).ToListAsync(cancellationToken);
    }

    /// <summary>When the entry was acknowledged that has waited longest to be decided; null: none waits.</summary>
    public async Task<DateTimeOffset?> OldestPendingAsync(CancellationToken cancellationToken)
    {
        var oldest = await collection.Find(entry => entry.State == EntryState.Pending).SortBy(entry => entry.State).ThenBy(entry => entry.Position).Limit(1)
            .Project(entry => (DateTimeOffset?)entry.AcceptedAt).ToListAsync(cancellationToken);
        return oldest.SingleOrDefault();
    }

    public Task<long> CountAsync(EntryState state, CancellationToken cancellationToken) =>
        collection.CountDocumentsAsync(entry => entry.State == state, cancellationToken: cancellationToken);

    /// <summary>All that keep others waiting, without their bodies.</summary>
    public async Task<IReadOnlyList<(string Id, long Position, IReadOnlyList<string> Keys)>> BlockersAsync(CancellationToken cancellationToken)
    {
        var found = await collection.Find(Builders<InboxEntry>.Filter.In(entry => entry.State, [EntryState.Parked, EntryState.Waiting]))
            .Project(entry => new { entry.Id, entry.Position, entry.Keys }).ToListAsync(cancellationToken);
        return [.. found.Select(entry => (entry.Id, entry.Position, entry.Keys ?? []))];
    }

    public async Task<IReadOnlyList<InboxEntry>> ParkedAsync(string tenant, int limit, CancellationToken cancellationToken) =>
        await collection.Find(entry => entry.State == EntryState.Parked && entry.Tenant == tenant)
            .SortBy(entry => entry.Position).Limit(limit).ToListAsync(cancellationToken);

    /// <summary>The next of a tenant's entries that wait behind others, in their order.</summary>
    public async Task<IReadOnlyList<InboxEntry>> WaitingAsync(string tenant, long after, int limit, CancellationToken cancellationToken) =>
        await collection.Find(entry => entry.State == EntryState.Waiting && entry.Tenant == tenant && entry.Position > after)
            .SortBy(entry => entry.Position).Limit(limit).ToListAsync(cancellationToken);

    /// <summary>Puts a mended entry in the place of a rejected one with the same id, unless somebody was faster.</summary>
    public async Task ResendAsync(InboxEntry rejected, InboxEntry mended, CancellationToken cancellationToken) =>
        await collection.ReplaceOneAsync(
            entry => entry.Id == rejected.Id && entry.Position == rejected.Position && entry.State == EntryState.Done,
            mended with { LastPass = rejected.LastPass }, cancellationToken: cancellationToken);

    /// <summary>
    /// Writes what a pass decided, and nothing over what a later one did. The position tells a mended entry from the one that was decided.
    /// </summary>
    public Task UpdateAsync(IReadOnlyList<InboxUpdate> updates, long pass, CancellationToken cancellationToken) => documents.BulkWriteAsync(
        updates.Select(update => new UpdateOneModel<BsonDocument>(
            new BsonDocument { ["_id"] = update.Id, ["position"] = update.Position, ["lastPass"] = NotSince(pass) },
            new BsonDocument("$set", update.ToFields(pass)))),
        new BulkWriteOptions { IsOrdered = false }, cancellationToken);

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

    /// <summary>A write that an entry led to was refused: the entry keeps others waiting as if it were parked.</summary>
    public Task SetAsideAsync(string id, string error, IReadOnlyList<string> keys, CancellationToken cancellationToken) => collection.UpdateOneAsync(
        entry => entry.Id == id,
        Builders<InboxEntry>.Update.Set(entry => entry.State, EntryState.Parked).Set(entry => entry.Error, error).Set(entry => entry.Keys, keys).Unset(entry => entry.ExpireAt),
        cancellationToken: cancellationToken);

    private static BsonDocument NotSince(long pass) => new("$not", new BsonDocument("$gte", pass));
}

/// <summary>Which kinds of entries are looked for.</summary>
internal sealed record KindFilter(IEnumerable<string> Kinds, bool Only)
{
    public BsonDocument ToBson() => new(Only ? "$in" : "$nin", new BsonArray(Kinds));
}
