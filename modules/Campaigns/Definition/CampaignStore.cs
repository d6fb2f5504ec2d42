using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>The campaigns, as passes have left them.</summary>
internal sealed class CampaignStore(IMongoDatabase database) : ICampaignCatalogue
{
    public const string Name = "campaigns.campaigns";

    private readonly IMongoCollection<Campaign> collection = database.GetCollection<Campaign>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // The live campaigns of a tenant, in every pass; lists of campaigns.
        new(Builders<Campaign>.IndexKeys.Ascending(campaign => campaign.Tenant).Ascending(campaign => campaign.Status)),
    ], cancellationToken);

    /// <summary>What a pass needs: the live campaigns of its tenants and those that its entries name.</summary>
    public async Task<IReadOnlyList<Campaign>> LiveAsync(IEnumerable<string> tenants, IEnumerable<string> named, CancellationToken cancellationToken)
    {
        var filter = Builders<Campaign>.Filter;
        return await collection.Find(filter.Or(
            filter.In(campaign => campaign.Tenant, tenants) & filter.In(campaign => campaign.Status, [CampaignStatus.Initializing, CampaignStatus.Running]),
            filter.In(campaign => campaign.Key, named))).ToListAsync(cancellationToken);
    }

    public async Task<Campaign?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, id);
        return await collection.Find(campaign => campaign.Key == key).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, Campaign>> FindAsync(string tenant, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var keys = ids.Select(id => Key.Of(tenant, id)).Distinct();
        var found = await collection.Find(Builders<Campaign>.Filter.In(campaign => campaign.Key, keys)).ToListAsync(cancellationToken);
        return found.ToDictionary(campaign => campaign.Id);
    }

    public Task<bool> ExistsAsync(string tenant, string campaign, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, campaign);
        return collection.Find(known => known.Key == key).AnyAsync(cancellationToken);
    }
}
