using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The orders that accounts have had.</summary>
internal sealed class OrderStore(IMongoDatabase database)
{
    public const string Name = "accounts.orders";

    private readonly IMongoCollection<OrderRecord> collection = database.GetCollection<OrderRecord>(Name);

    public async Task<IReadOnlyList<OrderRecord>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        await collection.Find(Builders<OrderRecord>.Filter.In(order => order.Id, ids)).ToListAsync(cancellationToken);
}
