using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Passes.Records;

/// <summary>The records of passes, and how what they say is written.</summary>
internal sealed class PassStore(IMongoDatabase database)
{
    private const string Name = "events.passes";

    private readonly IMongoCollection<PassRecord> collection = database.GetCollection<PassRecord>(Name);
    private readonly IMongoCollection<RawBsonDocument> documents = database.GetCollection<RawBsonDocument>(Name);

    /// <summary>The newest record's number, and up to which number it says that all is applied.</summary>
    public async Task<(long Number, long Applied)> LastAsync(CancellationToken cancellationToken)
    {
        var last = await documents.Find(FilterDefinition<RawBsonDocument>.Empty).Sort(new BsonDocument("_id", -1)).Limit(1)
            .Project(new BsonDocument("applied", 1)).FirstOrDefaultAsync(cancellationToken);
        return last is null ? default : (last["_id"].AsInt64, last["applied"].AsInt64);
    }

    public async Task<IReadOnlyList<PassRecord>> AfterAsync(long number, CancellationToken cancellationToken) =>
        await collection.Find(record => record.Number > number).SortBy(record => record.Number).ToListAsync(cancellationToken);

    public Task<bool> TryAddAsync(PassRecord record, CancellationToken cancellationToken) =>
        TryAddAsync(record.Number, record.ToBytes(), cancellationToken);

    /// <summary>
    /// False: another host holds the lease. Note: the number may be free because that host has used it and removed its record since, so
    /// the record must also be the newest. If it is not, either the newest says that all up to this number is applied, or the host that
    /// stored the newest applies this one, too.
    /// </summary>
    public async Task<bool> TryAddAsync(long number, RawBsonDocument record, CancellationToken cancellationToken)
    {
        try
        {
            await documents.InsertOneAsync(record, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException error) when (error.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
        return (await LastAsync(cancellationToken)).Number == number;
    }

    /// <summary>
    /// Removes old records. Note: only up to what a stored record says is applied. A redo that found one of several missing would
    /// take what the others say for the last word. And never the newest, which keeps the numbers rising.
    /// </summary>
    public Task RemoveUpToAsync(long applied, CancellationToken cancellationToken) =>
        collection.DeleteManyAsync(record => record.Number <= applied, cancellationToken);

    /// <summary>Writes one collection's part of a decision, in one call. Harmless to repeat. Answers what the store refuses for good.</summary>
    public async Task<IReadOnlyList<RefusedWrite>> ApplyAsync(CollectionWrites writes, long number, CancellationToken cancellationToken)
    {
        WriteModel<RawBsonDocument>[] models =
        [
            .. writes.Insertions.Select(document => new InsertOneModel<RawBsonDocument>(document)),
            .. writes.Replacements.Select(document => new ReplaceOneModel<RawBsonDocument>(
                new BsonDocument { ["_id"] = document["_id"], ["lastPass"] = new BsonDocument("$lt", number) }, document) { IsUpsert = true }),
            .. writes.Updates.Select(wide => new UpdateManyModel<RawBsonDocument>(wide.Filter, wide.Update)),
        ];
        try
        {
            await database.GetCollection<RawBsonDocument>(writes.Collection)
                .BulkWriteAsync(models, new BulkWriteOptions { IsOrdered = false }, cancellationToken);
            return [];
        }
        catch (MongoBulkWriteException error) when (!StoreOutage.Is(error))
        {
            // Note: a duplicate id says that this write, or one that came after it, has been made already.
            return [.. error.WriteErrors.Where(write => !Duplicates.Is(write)).Select(write => new RefusedWrite(writes.Collection, DocumentOf(models[write.Index]), write.Message))];
        }
    }

    private static RawBsonDocument? DocumentOf(WriteModel<RawBsonDocument> model) => model switch
    {
        InsertOneModel<RawBsonDocument> insertion => insertion.Document,
        ReplaceOneModel<RawBsonDocument> replacement => replacement.Replacement,
        _ => null,
    };
}

/// <summary>A write of a recorded pass that the store refuses for good.</summary>
/// <param name="Document">Null where it was an update of many documents.</param>
internal sealed record RefusedWrite(string Collection, RawBsonDocument? Document, string Reason);
