using Loyalty.Mongo;
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
        new(Builders<OrderRecord>.IndexKeys.Ascending(order => order.Tenant).Ascending(order => order.Account)),
    ], cancellationToken);

    public async Task<IReadOnlyList<OrderRecord>> OfAccountsAsync(string tenant, IEnumerable<string> accounts, CancellationToken cancellationToken) =>
        await collection.Find(Builders<OrderRecord>.Filter.Eq(order => order.Tenant, tenant) & Builders<OrderRecord>.Filter.In(order => order.Account, accounts))
            .ToListAsync(cancellationToken);

    public Task<IReadOnlyList<OrderRecord>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        collection.FindInAsync(order => order.Id, ids, cancellationToken);
}
