using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>Every change of a consent.</summary>
internal sealed class ConsentStore(IMongoDatabase database)
{
    public const string Name = "accounts.consents";

    private readonly IMongoCollection<ConsentWord> collection = database.GetCollection<ConsentWord>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // The consents of one member, newest first.
        new(Builders<ConsentWord>.IndexKeys.Ascending(word => word.Tenant).Ascending(word => word.Handle).Descending(word => word.AcceptedAt)),
    ], cancellationToken);

    /// <summary>Those of these lives of an account, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<ConsentWord> Words, long Total)> OfAsync(
        string tenant, IReadOnlyList<string> handles, int skip, int take, CancellationToken cancellationToken)
    {
        var filter = Builders<ConsentWord>.Filter.Eq(word => word.Tenant, tenant) & Builders<ConsentWord>.Filter.In(word => word.Handle, handles);
        var total = await collection.CountDocumentsAsync(filter, cancellationToken: cancellationToken);
        if (take == 0)
            return ([], total);
        var words = await collection.Find(filter).SortByDescending(word => word.AcceptedAt).ThenByDescending(word => word.Id).Skip(skip).Limit(take).ToListAsync(cancellationToken);
        return (words, total);
    }
}
