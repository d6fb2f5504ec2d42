using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>The daily figures of campaigns, as passes have left them.</summary>
internal sealed class DayStore(IMongoDatabase database)
{
    public const string Name = "stats.days";

    private readonly IMongoCollection<CampaignDay> collection = database.GetCollection<CampaignDay>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // A campaign's days of a period, and the next day that it has, for a rebuild.
        new(Builders<CampaignDay>.IndexKeys.Ascending(day => day.Tenant).Ascending(day => day.Campaign).Ascending(day => day.Day)),
    ], cancellationToken);

    public async Task<IReadOnlyList<CampaignDay>> OfPeriodAsync(
        string tenant, string campaign, DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        await Of(tenant, campaign, first, last).ToListAsync(cancellationToken);

    /// <summary>The first day from this one on that has figures.</summary>
    public async Task<DateOnly?> NextDayAsync(string tenant, string campaign, DateOnly from, CancellationToken cancellationToken)
    {
        var days = await Of(tenant, campaign, from, DateOnly.MaxValue).Limit(1).Project(day => (DateOnly?)day.Day).ToListAsync(cancellationToken);
        return days.SingleOrDefault();
    }

    private IFindFluent<CampaignDay, CampaignDay> Of(string tenant, string campaign, DateOnly first, DateOnly last) => collection
        .Find(day => day.Tenant == tenant && day.Campaign == campaign && day.Day >= first && day.Day <= last)
        .SortBy(day => day.Tenant).ThenBy(day => day.Campaign).ThenBy(day => day.Day);
}
