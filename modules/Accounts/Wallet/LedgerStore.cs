using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The movements of wallets. Passes insert them; nothing changes them.</summary>
internal sealed class LedgerStore(IMongoDatabase database)
{
    public const string Name = "accounts.ledger";

    /// <summary>Where movements were kept before wallets had lots.</summary>
    private const string Before = "campaigns.ledger";

    private const int Batch = 1000;

    private readonly IMongoCollection<LedgerEntry> collection = database.GetCollection<LedgerEntry>(Name);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await collection.Indexes.CreateManyAsync(
        [
            // A wallet's movements, newest first.
            new(Builders<LedgerEntry>.IndexKeys.Ascending(entry => entry.Incarnation).Descending(entry => entry.At).Descending(entry => entry.Position).Descending(entry => entry.Number)),
        ], cancellationToken);
        await database.GetCollection<OrderDebit>(OrderDebit.Collection).Indexes.CreateManyAsync(
        [
            // What was spent on an order, when its status changes; what an erased account has spent.
            new(Builders<OrderDebit>.IndexKeys.Ascending(debit => debit.Order)),
            new(Builders<OrderDebit>.IndexKeys.Ascending(debit => debit.Owner)),
            // Forgetting what cannot come back any more.
            new(Builders<OrderDebit>.IndexKeys.Ascending(debit => debit.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
        ], cancellationToken);
        await database.GetCollection<RateCredit>(RateCredit.Collection).Indexes.CreateManyAsync(
        [
            // What an order has earned, when its worth changes; what an erased account has earned.
            new(Builders<RateCredit>.IndexKeys.Ascending(credit => credit.Orders)),
            new(Builders<RateCredit>.IndexKeys.Ascending(credit => credit.Owner)),
            // Forgetting what does not follow its orders any more.
            new(Builders<RateCredit>.IndexKeys.Ascending(credit => credit.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
        ], cancellationToken);
        await MoveAsync(cancellationToken);
    }

    /// <summary>A wallet's movements, newest first.</summary>
    /// <param name="before">Only those before this one.</param>
    public async Task<IReadOnlyList<LedgerEntry>> PageAsync(string incarnation, LedgerPoint? before, int limit, CancellationToken cancellationToken)
    {
        var where = Builders<LedgerEntry>.Filter;
        var filter = where.Eq(entry => entry.Incarnation, incarnation);
        if (before is var (at, position, number))
            filter &= where.Lt(entry => entry.At, at)
                | where.Eq(entry => entry.At, at) & where.Lt(entry => entry.Position, position)
                | where.Eq(entry => entry.At, at) & where.Eq(entry => entry.Position, position) & where.Lt(entry => entry.Number, number);
        return await collection.Find(filter).SortByDescending(entry => entry.At).ThenByDescending(entry => entry.Position).ThenByDescending(entry => entry.Number)
            .Limit(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Takes over what was booked under the old name. Note: ids cannot repeat, so doing it again, or on two hosts at once, is harmless.</summary>
    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        var (old, now) = (database.GetCollection<BsonDocument>(Before), database.GetCollection<BsonDocument>(Name));
        while (await old.Find(FilterDefinition<BsonDocument>.Empty).Limit(Batch).ToListAsync(cancellationToken) is { Count: > 0 } found)
        {
            await now.BulkWriteAsync(
                found.Select(entry => new ReplaceOneModel<BsonDocument>(Builders<BsonDocument>.Filter.Eq("_id", entry["_id"]), entry) { IsUpsert = true }), cancellationToken: cancellationToken);
            await old.DeleteManyAsync(Builders<BsonDocument>.Filter.In("_id", found.Select(entry => entry["_id"])), cancellationToken);
        }
    }
}

/// <summary>A place in the order of movements.</summary>
internal sealed record LedgerPoint(DateTimeOffset At, long Position, int Number)
{
    public static LedgerPoint Of(LedgerEntry entry) => new(entry.At, entry.Position, entry.Number);

    public static LedgerPoint? Read(string? cursor) => cursor?.Split('-') is [var at, var position, var number]
        && long.TryParse(at, out var milliseconds) && long.TryParse(position, out var place) && int.TryParse(number, out var count)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), place, count)
        : null;

    public override string ToString() => $"{At.ToUnixTimeMilliseconds()}-{Position}-{Number}";
}
