using Loyalty.Campaigns.Contracts;
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
        // The running campaigns of all tenants that accounts may join as time passes.
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.Status).Ascending(campaign => campaign.Definition.Dynamic)),
        // Forgetting deleted ones.
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    public async Task<Campaign?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        (await FindAsync(tenant, [id], cancellationToken)).GetValueOrDefault(id);

    public async Task<IReadOnlyDictionary<string, Campaign>> FindAsync(string tenant, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var keys = ids.Select(id => Key.Of(tenant, id)).Distinct();
        var found = await collection.Find(Where.In(campaign => campaign.Key, keys) & IsThere).ToListAsync(cancellationToken);
        return found.ToDictionary(campaign => campaign.Id);
    }

    public async Task<string?> FigureNameAsync(string tenant, string campaign, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, campaign);
        return (await collection.Find(Where.Eq(known => known.Key, key)).SingleOrDefaultAsync(cancellationToken))?.FigureName;
    }

    public async Task<(IReadOnlyList<Campaign> Campaigns, long Total)> PageAsync(string tenant, ListQuery query, Zone zone, CancellationToken cancellationToken)
    {
        var filter = CampaignFilter.Of(tenant, query, zone) & IsThere;
        var total = await collection.CountDocumentsAsync(filter, cancellationToken: cancellationToken);
        return query.Take == 0
            ? ([], total)
            : (await collection.Find(filter).Sort(CampaignFilter.Order(query)).Skip(query.Skip).Limit(query.Take).ToListAsync(cancellationToken), total);
    }

    /// <summary>The running campaigns that accounts may join as time passes.</summary>
    /// <param name="tenant">Of this tenant; null: of all.</param>
    public async Task<IReadOnlyList<Campaign>> LookingAsync(string? tenant, CancellationToken cancellationToken)
    {
        var looking = Where.Eq(campaign => campaign.Status, CampaignStatus.Running) & Where.Eq(campaign => campaign.Definition.Dynamic, true);
        var found = await collection.Find(tenant is null ? looking : Where.Eq(campaign => campaign.Tenant, tenant) & looking).ToListAsync(cancellationToken);
        return [.. found.Where(campaign => campaign.LooksFrom() is not null)];
    }

    private static FilterDefinition<Campaign> IsThere => Where.Ne(campaign => campaign.Status, CampaignStatus.Deleted);
}
