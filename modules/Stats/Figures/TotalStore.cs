using Loyalty.Mongo;
using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>The totals of campaigns, as passes have left them. They are only ever asked for by id.</summary>
internal sealed class TotalStore(IMongoDatabase database)
{
    public const string Name = "stats.totals";

    private readonly IMongoCollection<CampaignTotal> collection = database.GetCollection<CampaignTotal>(Name);

    public Task<IReadOnlyList<CampaignTotal>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        collection.FindInAsync(total => total.Id, ids, cancellationToken);

    public async Task<CampaignTotal> OfAsync(string tenant, string campaign, CancellationToken cancellationToken) =>
        (await FindAsync([Key.Of(tenant, campaign)], cancellationToken)).SingleOrDefault() ?? CampaignTotal.Empty(tenant, campaign);
}
