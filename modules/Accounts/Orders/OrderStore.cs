using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The orders that accounts have had.</summary>
internal sealed class OrderStore(IMongoDatabase database)
{
    public const string Name = "accounts.orders";

    private readonly IMongoCollection<OrderRecord> collection = database.GetCollection<OrderRecord>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // The orders of an account that is erased.
        new(Builders<OrderRecord>.IndexKeys.Ascending(order => order.Owner)),
    ], cancellationToken);
}
