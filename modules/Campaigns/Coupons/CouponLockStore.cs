using MongoDB.Bson.Serialization.Attributes;
using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>
/// Callers' locks on coupons. Each is one small document, taken by one conditional write, outside of passes: of any number of
/// callers at once exactly one gets it, on any host.
/// </summary>
internal sealed class CouponLockStore(IMongoDatabase database)
{
    public const string Name = "campaigns.locks";

    public static readonly TimeSpan LockFor = TimeSpan.FromMinutes(15);

    private readonly IMongoCollection<CouponLock> collection = database.GetCollection<CouponLock>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // Forgetting locks that have run out.
        new(Builders<CouponLock>.IndexKeys.Ascending(taken => taken.Until), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    /// <param name="turnedAt">Locks up to then are over: an order has taken the coupon since.</param>
    public async Task<CouponLock?> TryTakeAsync(
        string tenant, string code, string owner, DateTimeOffset now, DateTimeOffset? turnedAt, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, code);
        var mine = new CouponLock { Key = key, Owner = owner, Since = now, Until = now + LockFor };
        var turned = turnedAt ?? DateTimeOffset.MinValue;
        try
        {
            await collection.ReplaceOneAsync(
                taken => taken.Key == key && (taken.Until <= now || taken.Since <= turned), mine, new ReplaceOptions { IsUpsert = true }, cancellationToken);
            return mine;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return null;
        }
    }

    /// <summary>The lock that stands, if any.</summary>
    public async Task<CouponLock?> FindAsync(string tenant, string code, DateTimeOffset now, DateTimeOffset? turnedAt, CancellationToken cancellationToken)
    {
        var key = Key.Of(tenant, code);
        var taken = await collection.Find(taken => taken.Key == key && taken.Until > now).FirstOrDefaultAsync(cancellationToken);
        return taken?.Since <= turnedAt ? null : taken;
    }

    /// <summary>Frees the coupon, if this is still its lock.</summary>
    public Task FreeAsync(CouponLock taken, CancellationToken cancellationToken) =>
        collection.DeleteOneAsync(known => known.Key == taken.Key && known.Owner == taken.Owner && known.Since == taken.Since, cancellationToken);
}

internal sealed record CouponLock
{
    [BsonId]
    public required string Key { get; init; }

    /// <summary>The person or client that has taken it.</summary>
    public required string Owner { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }
}
