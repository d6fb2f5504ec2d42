using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>The coupons, as passes have left them.</summary>
internal sealed class CouponStore(IMongoDatabase database)
{
    public const string Name = "campaigns.coupons";

    private readonly IMongoCollection<Coupon> collection = database.GetCollection<Coupon>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // An account's open coupons: in every pass that touches it.
        new(Builders<Coupon>.IndexKeys.Ascending(coupon => coupon.Owner).Ascending(coupon => coupon.Status)),
        // How many a campaign has given, when it is deleted.
        new(Builders<Coupon>.IndexKeys.Ascending(coupon => coupon.Tenant).Ascending(coupon => coupon.Campaign)),
        // Forgetting tombstones.
        new(Builders<Coupon>.IndexKeys.Ascending(coupon => coupon.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
        // A campaign's open coupons, 500 at a time, when its notifications change.
        new(Builders<Coupon>.IndexKeys.Ascending(coupon => coupon.Tenant).Ascending(coupon => coupon.Campaign).Ascending(coupon => coupon.Status).Ascending(coupon => coupon.Key)),
        // The coupons that an order holds or has used, when it moves on.
        new(Builders<Coupon>.IndexKeys.Ascending(coupon => coupon.Orders)),
    ], cancellationToken);

    public Task<long> CountAsync(string tenant, string campaign, CancellationToken cancellationToken) => collection.CountDocumentsAsync(
        coupon => coupon.Tenant == tenant && coupon.Campaign == campaign && coupon.ExpireAt == null, cancellationToken: cancellationToken);

    public async Task<Coupon?> FindAsync(string tenant, string code, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, code);
        return await collection.Find(coupon => coupon.Key == key).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The open coupons of an account, those that end first before the others.</summary>
    public async Task<IReadOnlyList<Coupon>> OpenOfAsync(string tenant, string account, CancellationToken cancellationToken)
    {
        var owner = Key.Of(tenant, account);
        var open = await FindAsync(Builders<Coupon>.Filter.Where(coupon => coupon.Owner == owner && coupon.Status == CouponStatus.Open), cancellationToken);
        return [.. open.OrderBy(coupon => coupon.ValidTo ?? DateTimeOffset.MaxValue).ThenBy(coupon => coupon.Code, StringComparer.Ordinal)];
    }

    /// <summary>All coupons of an account, in the order in which they were given.</summary>
    public async Task<IReadOnlyList<Coupon>> AllOfAsync(string tenant, string account, CancellationToken cancellationToken)
    {
        var owner = Key.Of(tenant, account);
        var all = await FindAsync(Builders<Coupon>.Filter.Where(coupon => coupon.Owner == owner && coupon.ExpireAt == null), cancellationToken);
        return [.. all.OrderBy(coupon => coupon.GivenAt).ThenBy(coupon => coupon.Code, StringComparer.Ordinal)];
    }

    /// <summary>The coupon that an entry has bought.</summary>
    public async Task<Coupon?> FindBoughtAsync(string owner, string cause, CancellationToken cancellationToken) =>
        await collection.Find(coupon => coupon.Owner == owner && coupon.Cause == cause).FirstOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyDictionary<string, Coupon>> FindAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        (await FindAsync(Builders<Coupon>.Filter.In(coupon => coupon.Key, keys), cancellationToken)).ToDictionary(coupon => coupon.Key);

    /// <summary>Keys of the open coupons that a campaign has given, in the order of their keys.</summary>
    public async Task<IReadOnlyList<string>> OpenInCampaignAsync(
        string tenant, string campaign, string? after, int limit, CancellationToken cancellationToken)
    {
        var from = after ?? "";
        return await collection.Find(coupon => coupon.Tenant == tenant && coupon.Campaign == campaign && coupon.Status == CouponStatus.Open && coupon.Key.CompareTo(from) > 0)
            .SortBy(coupon => coupon.Key).Limit(limit).Project(coupon => coupon.Key).ToListAsync(cancellationToken);
    }

    private Task<List<Coupon>> FindAsync(FilterDefinition<Coupon> filter, CancellationToken cancellationToken) =>
        collection.Find(filter).ToListAsync(cancellationToken);
}
