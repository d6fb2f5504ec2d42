using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The accounts, as passes have left them.</summary>
internal sealed class AccountStore(IMongoDatabase database) : IAccountSearch
{
    public const string Name = "accounts.accounts";

    private readonly IMongoCollection<Account> collection = database.GetCollection<Account>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Lists of a tenant, in the order of ids.
        new(Builders<Account>.IndexKeys.Ascending(account => account.Tenant).Ascending(account => account.Id)),
    ], cancellationToken);

    public async Task<IReadOnlyList<Account>> FindAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        await collection.Find(Builders<Account>.Filter.In(account => account.Key, keys)).ToListAsync(cancellationToken);

    public async Task<Account?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, id);
        return await collection.Find(account => account.Key == key).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string>> MatchingAsync(
        string tenant, IReadOnlyList<Constraint> constraints, string? after, int limit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = Builders<Account>.Filter;
        return await collection
            .Find(filter.Eq(account => account.Tenant, tenant) & filter.Gt(account => account.Id, after ?? "") & ConstraintFilter.Of(constraints, now))
            .SortBy(account => account.Tenant).ThenBy(account => account.Id).Limit(limit)
            .Project(account => account.Id).ToListAsync(cancellationToken);
    }
}
