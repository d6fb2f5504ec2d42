using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>Batches that were posted under a name.</summary>
internal sealed class RequestStore(IMongoDatabase database)
{
    public const string Name = "events.requests";

    private readonly IMongoCollection<RequestRecord> collection = database.GetCollection<RequestRecord>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Forgetting them with the events they carried.
        new(Builders<RequestRecord>.IndexKeys.Ascending(request => request.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    public async Task<RequestRecord?> FindAsync(string key, CancellationToken cancellationToken) =>
        await collection.Find(request => request.Key == key).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Null when it was added; else the one that has the name already.</summary>
    public async Task<RequestRecord?> TryAddAsync(RequestRecord request, CancellationToken cancellationToken)
    {
        try
        {
            await collection.InsertOneAsync(request, cancellationToken: cancellationToken);
            return null;
        }
        catch (MongoWriteException error) when (error.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return await FindAsync(request.Key, cancellationToken);
        }
    }

    public Task AnswerAsync(string key, IReadOnlyList<RequestItem> items, CancellationToken cancellationToken) => collection.UpdateOneAsync(
        request => request.Key == key && !request.IsAnswered,
        Builders<RequestRecord>.Update.Set(request => request.Items, [.. items]).Set(request => request.IsAnswered, true), cancellationToken: cancellationToken);
}
