using Loyalty.Events.Contracts;
using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>Batches that were posted under a name.</summary>
internal sealed class RequestStore(IMongoDatabase database)
{
    private readonly IMongoCollection<RequestRecord> collection = database.GetCollection<RequestRecord>("events.requests");

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Forgetting them with the events they carried.
        new(Builders<RequestRecord>.IndexKeys.Ascending(request => request.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    public async Task<RequestRecord?> FindAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, name);
        return await collection.Find(request => request.Key == key).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Null when it was added; else the one that has the name already.</summary>
    public async Task<RequestRecord?> TryAddAsync(RequestRecord request, CancellationToken cancellationToken)
    {
        try
        {
            await collection.InsertOneAsync(request, cancellationToken: cancellationToken);
            return null;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return await collection.Find(known => known.Key == request.Key).FirstOrDefaultAsync(cancellationToken);
        }
    }

    public Task AnswerAsync(string key, IReadOnlyList<Outcome> answer, CancellationToken cancellationToken) => collection.UpdateOneAsync(
        request => request.Key == key && request.Answer == null,
        Builders<RequestRecord>.Update.Set(request => request.Answer, [.. answer]), cancellationToken: cancellationToken);
}
