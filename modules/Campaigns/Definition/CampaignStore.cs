using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Time;
using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>The campaigns, as passes have left them.</summary>
internal sealed class CampaignStore(IMongoDatabase database) : ICampaignCatalogue
{
    public const string Name = "campaigns.campaigns";

    private static readonly FilterDefinitionBuilder<Campaign> Where = Builders<Campaign>.Filter;

    private readonly IMongoCollection<Campaign> collection = database.GetCollection<Campaign>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // The started campaigns of a tenant, when the decider first meets it; lists of campaigns.
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.Tenant).Ascending(campaign => campaign.Status).Ascending(campaign => campaign.Key)),
        // What time brings about next: of all tenants, and of one.
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.DueAt)),
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.Tenant).Ascending(campaign => campaign.DueAt)),
        // Forgetting deleted ones.
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <summary>What a pass needs: the started campaigns of these tenants and those of these keys.</summary>
    public async Task<IReadOnlyList<Campaign>> ForPassAsync(
        IReadOnlyCollection<string> tenants, IReadOnlyCollection<string> named, CancellationToken cancellationToken) =>
        tenants.Count == 0 && named.Count == 0 ? [] : await collection.Find(Where.Or(
            Where.In(campaign => campaign.Tenant, tenants)
                & Where.In(campaign => campaign.Status, [CampaignStatus.Scheduled, CampaignStatus.Initializing, CampaignStatus.Running]),
            Where.In(campaign => campaign.Key, named))).ToListAsync(cancellationToken);

    public async Task<Campaign?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        (await FindAsync(tenant, [id], cancellationToken)).GetValueOrDefault(id);

    /// <summary>A campaign that is deleted, but not removed yet.</summary>
    public async Task<Campaign?> FindDeletedAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, id);
        return await collection.Find(campaign => campaign.Key == key && campaign.Status == CampaignStatus.Deleted && campaign.ExpireAt == null)
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, Campaign>> FindAsync(string tenant, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var keys = ids.Select(id => Key.Of(tenant, id)).Distinct();
        var found = await collection.Find(Where.In(campaign => campaign.Key, keys) & IsThere).ToListAsync(cancellationToken);
        return found.ToDictionary(campaign => campaign.Id);
    }

    public async Task<bool> ExistsAsync(string tenant, string campaign, CancellationToken cancellationToken) =>
        await FindAsync(tenant, campaign, cancellationToken) is not null;

    public async Task<(IReadOnlyList<Campaign> Campaigns, long Total)> PageAsync(string tenant, ListQuery query, Zone zone, CancellationToken cancellationToken)
    {
        var filter = CampaignFilter.Of(tenant, query, zone) & IsThere;
        var total = await collection.CountDocumentsAsync(filter, cancellationToken: cancellationToken);
        return query.Take == 0
            ? ([], total)
            : (await collection.Find(filter).Sort(CampaignFilter.Order(query)).Skip(query.Skip).Limit(query.Take).ToListAsync(cancellationToken), total);
    }

    public async Task<IReadOnlyList<Campaign>> NextDueAsync(string? tenant, int limit, CancellationToken cancellationToken) =>
        await collection.Find((tenant is null ? Where.Empty : Where.Eq(campaign => campaign.Tenant, tenant)) & Where.Gt(campaign => campaign.DueAt, DateTimeOffset.UnixEpoch))
            .SortBy(campaign => campaign.DueAt).Limit(limit).ToListAsync(cancellationToken);

    private static FilterDefinition<Campaign> IsThere => Where.Ne(campaign => campaign.Status, CampaignStatus.Deleted);
}
