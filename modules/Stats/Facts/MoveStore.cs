using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>The moves between segments. Passes insert them; nothing changes them, and only a rebuild reads them.</summary>
internal sealed class MoveStore(IMongoDatabase database)
{
    public const string Name = "stats.moves";

    private readonly IMongoCollection<SegmentMove> collection = database.GetCollection<SegmentMove>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // A tenant's moves of some days, and the next day that has any, for a rebuild.
        new(Builders<SegmentMove>.IndexKeys.Ascending(move => move.Tenant).Ascending(move => move.Day)),
    ], cancellationToken);

    /// <summary>The first day from this one on that has moves.</summary>
    public async Task<DateOnly?> NextDayAsync(string tenant, DateOnly from, CancellationToken cancellationToken)
    {
        var days = await collection.Find(move => move.Tenant == tenant && move.Day >= from)
            .SortBy(move => move.Tenant).ThenBy(move => move.Day).Limit(1)
            .Project(move => (DateOnly?)move.Day).ToListAsync(cancellationToken);
        return days.SingleOrDefault();
    }

    /// <summary>The moves of some days, counted by the database.</summary>
    public async Task<ILookup<DateOnly, SegmentMoves>> CountAsync(string tenant, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var groups = await collection.Aggregate()
            .Match(move => move.Tenant == tenant && move.Day >= first && move.Day <= last)
            .Group(move => new { move.Day, move.From, move.To }, same => new MoveGroup(same.Key.Day, same.Key.From, same.Key.To, same.Sum(move => 1L)))
            .ToListAsync(cancellationToken);
        return groups.ToLookup(group => group.Day, group => new SegmentMoves(group.From, group.To, group.Times));
    }

    private sealed record MoveGroup(DateOnly Day, string? From, string? To, long Times);
}
