using Loyalty.Events.Contracts;
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
        // Forgetting tombstones.
        new(Builders<Membership>.IndexKeys.Ascending(membership => membership.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>Those who have joined a campaign, in the order of their keys. Note: keys begin with tenant and campaign, so the index on ids serves.</summary>
    public async Task<IReadOnlyList<(string Key, string Owner)>> InCampaignAsync(
        string tenant, string campaign, string? after, int limit, CancellationToken cancellationToken)
    {
        var (from, to) = (after ?? Key.Of(tenant, campaign, ""), Key.Of(tenant, $"{campaign}0"));
        var found = await collection.Find(membership => membership.Key.CompareTo(from) > 0 && membership.Key.CompareTo(to) < 0 && membership.ExpireAt == null)
            .SortBy(membership => membership.Key).Limit(limit).ToListAsync(cancellationToken);
        return [.. found.Select(membership => (membership.Key, membership.Owner))];
    }

    public async Task<IReadOnlyList<Membership>> OfAccountsAsync(IEnumerable<string> owners, CancellationToken cancellationToken) =>
        await collection.Find(Builders<Membership>.Filter.In(membership => membership.Owner, owners)).ToListAsync(cancellationToken);
}
