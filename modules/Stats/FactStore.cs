using MongoDB.Driver;

namespace Loyalty.Stats;

/// <summary>The facts. Passes insert them; nothing changes them.</summary>
internal sealed class FactStore(IMongoDatabase database)
{
    public const string Name = "stats.facts";

    private readonly IMongoCollection<Fact> collection = database.GetCollection<Fact>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // A campaign's facts of a period.
        new(Builders<Fact>.IndexKeys.Ascending(fact => fact.Tenant).Ascending(fact => fact.Campaign).Ascending(fact => fact.At)),
    ], cancellationToken);

    public async IAsyncEnumerable<Fact> OfCampaignAsync(
        string tenant, string campaign, DateTimeOffset from, DateTimeOffset to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var cursor = await collection
            .Find(fact => fact.Tenant == tenant && fact.Campaign == campaign && fact.At >= from && fact.At < to)
            .ToCursorAsync(cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
            foreach (var fact in cursor.Current)
                yield return fact;
    }
}
