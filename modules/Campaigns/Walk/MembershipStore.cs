using Loyalty.Mongo;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>Who walks through which campaign, as passes have left it.</summary>
internal sealed class MembershipStore(IMongoDatabase database)
{
    public const string Name = "campaigns.memberships";

    private readonly IMongoCollection<Membership> collection = database.GetCollection<Membership>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // An account's walks: in every pass that touches it, and for its app.
        new(Builders<Membership>.IndexKeys.Ascending(membership => membership.Owner)),
        // Walks of a campaign that have ended, for who may join again after some time.
        new(Builders<Membership>.IndexKeys.Ascending(membership => membership.Tenant).Ascending(membership => membership.Campaign).Ascending(membership => membership.EndedAt)),
        // Forgetting tombstones.
        new(Builders<Membership>.IndexKeys.Ascending(membership => membership.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>The next accounts of a campaign in the order of ids. Note: ids of memberships begin with tenant and campaign, so this is a range of ids.</summary>
    public async Task<IReadOnlyList<string>> AccountsOfAsync(string tenant, string campaign, string? after, int limit, CancellationToken cancellationToken)
    {
        var prefix = Key.Of(tenant, campaign, "");
        var found = await collection.Find(Range(prefix, after) & Builders<Membership>.Filter.Eq(membership => membership.ExpireAt, null))
            .SortBy(membership => membership.Key).Limit(limit).Project(membership => membership.Key).ToListAsync(cancellationToken);
        return [.. found.Select(key => key[prefix.Length..])];
    }

    public Task<long> CountAsync(string tenant, string campaign, CancellationToken cancellationToken) => collection.CountDocumentsAsync(
        Range(Key.Of(tenant, campaign, ""), null) & Builders<Membership>.Filter.Eq(membership => membership.ExpireAt, null), cancellationToken: cancellationToken);

    /// <summary>The first end of a walk from this instant on of accounts that have ceased to match since; null if there is none.</summary>
    public async Task<DateTimeOffset?> NextEndAsync(string tenant, string campaign, DateTimeOffset from, CancellationToken cancellationToken) =>
        (await Ended(tenant, campaign, from).SortBy(membership => membership.EndedAt).Limit(1).ToListAsync(cancellationToken)).SingleOrDefault()?.EndedAt;

    /// <summary>Accounts whose walk ended between two instants and that have ceased to match since, in the order of ids.</summary>
    public async Task<IReadOnlyList<string>> EndedAsync(
        string tenant, string campaign, DateTimeOffset from, DateTimeOffset to, string? after, int limit, CancellationToken cancellationToken)
    {
        var prefix = Key.Of(tenant, campaign, "");
        var found = await collection.Find(Ended(tenant, campaign, from).Filter & Builders<Membership>.Filter.Lte(membership => membership.EndedAt, to) & Range(prefix, after))
            .SortBy(membership => membership.Key).Limit(limit).Project(membership => membership.Key).ToListAsync(cancellationToken);
        return [.. found.Select(key => key[prefix.Length..])];
    }

    private IFindFluent<Membership, Membership> Ended(string tenant, string campaign, DateTimeOffset from) => collection.Find(
        Builders<Membership>.Filter.Where(membership => membership.Tenant == tenant && membership.Campaign == campaign && membership.HasCeased)
        & Builders<Membership>.Filter.Gte(membership => membership.EndedAt, from));

    private static FilterDefinition<Membership> Range(string prefix, string? after) =>
        Builders<Membership>.Filter.Gt(membership => membership.Key, prefix + after) & Builders<Membership>.Filter.Lt(membership => membership.Key, prefix + '\uffff');

    public Task<IReadOnlyList<Membership>> OfAccountsAsync(IEnumerable<string> owners, CancellationToken cancellationToken) =>
        collection.FindInAsync(membership => membership.Owner, owners, cancellationToken);
}
