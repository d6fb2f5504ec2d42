using Loyalty.Campaigns.Contracts;
using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>The facts of campaigns. Passes insert them; nothing changes them, and only a rebuild reads them.</summary>
internal sealed class FactStore(IMongoDatabase database)
{
    public const string Name = "stats.facts";

    private readonly IMongoCollection<Fact> collection = database.GetCollection<Fact>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // A campaign's facts of some days, and the next day that has any, for a rebuild.
        new(Builders<Fact>.IndexKeys.Ascending(fact => fact.Tenant).Ascending(fact => fact.Campaign).Ascending(fact => fact.Day)),
    ], cancellationToken);

    /// <summary>The first day from this one on that has facts.</summary>
    public async Task<DateOnly?> NextDayAsync(string tenant, string campaign, DateOnly from, CancellationToken cancellationToken)
    {
        var days = await collection.Find(fact => fact.Tenant == tenant && fact.Campaign == campaign && fact.Day >= from)
            .SortBy(fact => fact.Tenant).ThenBy(fact => fact.Campaign).ThenBy(fact => fact.Day).Limit(1)
            .Project(fact => (DateOnly?)fact.Day).ToListAsync(cancellationToken);
        return days.SingleOrDefault();
    }

    /// <summary>The figures of a campaign's days, counted by the database: what comes back is as small as the days' variety.</summary>
    public async Task<IReadOnlyDictionary<DateOnly, FigureCounter>> CountAsync(
        string tenant, string campaign, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var groups = await collection.Aggregate()
            .Match(fact => fact.Tenant == tenant && fact.Campaign == campaign && fact.Day >= first && fact.Day <= last)
            .Group(fact => new { fact.Day, fact.Kind, fact.State }, same => new FactGroup(
                same.Key.Day, same.Key.Kind, same.Key.State, same.Sum(fact => 1L), same.Sum(fact => fact.Amount)))
            .ToListAsync(cancellationToken);
        var days = new Dictionary<DateOnly, FigureCounter>();
        foreach (var group in groups)
        {
            if (!days.TryGetValue(group.Day, out var counter))
                days.Add(group.Day, counter = new FigureCounter());
            counter.Count(group.Kind, group.State, group.Amount, group.Times);
        }
        return days;
    }

    private sealed record FactGroup(DateOnly Day, CampaignFactKind Kind, string? State, long Times, decimal? Amount);
}
