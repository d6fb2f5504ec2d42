using Loyalty.Events.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>The records of passes, and how what they say is written.</summary>
internal sealed class PassStore(IMongoDatabase database)
{
    private const int DuplicateKey = 11000;

    private readonly IMongoCollection<PassRecord> collection = database.GetCollection<PassRecord>("events.passes");

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Passes to be redone by the next decider.
        new(Builders<PassRecord>.IndexKeys.Ascending(record => record.Done).Ascending(record => record.Number)),
    ], cancellationToken);

    public async Task<long> LastNumberAsync(CancellationToken cancellationToken)
    {
        var last = await collection.Find(FilterDefinition<PassRecord>.Empty)
            .SortByDescending(record => record.Number).Limit(1).Project(record => record.Number).ToListAsync(cancellationToken);
        return last.FirstOrDefault();
    }

    public async Task<IReadOnlyList<PassRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
        await collection.Find(record => !record.Done).SortBy(record => record.Number).ToListAsync(cancellationToken);

    /// <summary>Stores the record and, in the same call, marks its applied predecessor done. False: the number is taken.</summary>
    public async Task<bool> TryAddAsync(PassRecord record, long? applied, CancellationToken cancellationToken)
    {
        List<WriteModel<PassRecord>> writes = [new InsertOneModel<PassRecord>(record)];
        if (applied is { } number)
            writes.Add(DoneModel(number));
        try
        {
            await collection.BulkWriteAsync(writes, new BulkWriteOptions { IsOrdered = true }, cancellationToken);
            return true;
        }
        catch (MongoBulkWriteException<PassRecord> error) when (error.WriteErrors.Any(write => write.Code == DuplicateKey))
        {
            return false;
        }
    }

    public Task MarkDoneAsync(IEnumerable<long> numbers, CancellationToken cancellationToken) =>
        collection.BulkWriteAsync(numbers.Select(DoneModel), cancellationToken: cancellationToken);

    /// <summary>Removes records that are done and older than the newest ones; their numbers are never needed again.</summary>
    public Task ForgetBelowAsync(long number, CancellationToken cancellationToken) =>
        collection.DeleteManyAsync(record => record.Done && record.Number < number, cancellationToken);

    /// <summary>Writes one collection's part of a decision, in one call. Harmless to repeat.</summary>
    public async Task ApplyAsync(CollectionWrites writes, long number, CancellationToken cancellationToken)
    {
        IEnumerable<WriteModel<BsonDocument>> models =
        [
            .. writes.Insertions.Select(document => new InsertOneModel<BsonDocument>(document)),
            .. writes.Replacements.Select(document => new ReplaceOneModel<BsonDocument>(
                Builders<BsonDocument>.Filter.Eq("_id", document["_id"]) & Builders<BsonDocument>.Filter.Lt("lastPass", number),
                document) { IsUpsert = true }),
            .. writes.Updates.Select(wide => new UpdateManyModel<BsonDocument>(wide.Filter, wide.Update)),
        ];
        try
        {
            await database.GetCollection<BsonDocument>(writes.Collection)
                .BulkWriteAsync(models, new BulkWriteOptions { IsOrdered = false }, cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> error)
            when (error.WriteConcernError is null && error.WriteErrors.All(write => write.Code == DuplicateKey))
        {
            // Note: a duplicate id says that this write, or one that came after it, has been made already.
        }
    }

    private static UpdateOneModel<PassRecord> DoneModel(long number) => new(
        Builders<PassRecord>.Filter.Eq(record => record.Number, number),
        Builders<PassRecord>.Update.Set(record => record.Done, true).Set(record => record.Writes, []).Set(record => record.Marks, []));
}
