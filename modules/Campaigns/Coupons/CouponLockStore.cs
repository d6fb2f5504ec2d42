using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>
/// Callers' locks on coupons. Each is one small document, taken by one conditional write, outside of passes: of any number of
/// callers at once exactly one gets it, on any host.
/// </summary>
internal sealed class CouponLockStore(IMongoDatabase database)
{
    public static readonly TimeSpan LockFor = TimeSpan.FromMinutes(15);

    private readonly IMongoCollection<CouponLock> collection = database.GetCollection<CouponLock>("campaigns.locks");

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Forgetting locks that have run out.
        new(Builders<CouponLock>.IndexKeys.Ascending(taken => taken.Until), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    public async Task<bool> TryTakeAsync(string tenant, string code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, code);
        try
        {
            await collection.ReplaceOneAsync(
                taken => taken.Key == key && taken.Until <= now, new CouponLock { Key = key, Until = now + LockFor },
                new ReplaceOptions { IsUpsert = true }, cancellationToken);
            return true;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    public async Task<bool> IsTakenAsync(string tenant, string code, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, code);
        return await collection.Find(taken => taken.Key == key && taken.Until > now).AnyAsync(cancellationToken);
    }

    /// <summary>Frees the coupon; true if it was taken.</summary>
    public async Task<bool> FreeAsync(string tenant, string code, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, code);
        return (await collection.DeleteOneAsync(taken => taken.Key == key, cancellationToken)).DeletedCount == 1;
    }
}

internal sealed record CouponLock
{
    [BsonId]
    public required string Key { get; init; }

    public required DateTimeOffset Until { get; init; }
}
