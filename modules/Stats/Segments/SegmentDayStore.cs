using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>The days of segments, as passes have left them.</summary>
internal sealed class SegmentDayStore(IMongoDatabase database)
{
    public const string Name = "stats.segments";

    private readonly IMongoCollection<SegmentDay> collection = database.GetCollection<SegmentDay>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // A tenant's days of a period, and the last one before it.
        new(Builders<SegmentDay>.IndexKeys.Ascending(day => day.Tenant).Ascending(day => day.Day)),
    ], cancellationToken);

    /// <summary>The days of a period, and the last day before it, which goes on until the next.</summary>
    public async Task<IReadOnlyList<SegmentDay>> OfPeriodAsync(string tenant, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var before = collection.Find(day => day.Tenant == tenant && day.Day < first)
            .SortByDescending(day => day.Tenant).ThenByDescending(day => day.Day).Limit(1).ToListAsync(cancellationToken);
        var within = collection.Find(day => day.Tenant == tenant && day.Day >= first && day.Day <= last)
            .SortBy(day => day.Tenant).ThenBy(day => day.Day).ToListAsync(cancellationToken);
        return [.. await before, .. await within];
    }

    /// <summary>The first day from this one on that there is.</summary>
    public async Task<DateOnly?> NextDayAsync(string tenant, DateOnly from, CancellationToken cancellationToken)
    {
        var days = await collection.Find(day => day.Tenant == tenant && day.Day >= from)
            .SortBy(day => day.Tenant).ThenBy(day => day.Day).Limit(1).Project(day => (DateOnly?)day.Day).ToListAsync(cancellationToken);
        return days.SingleOrDefault();
    }
}
