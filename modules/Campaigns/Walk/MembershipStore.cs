using MongoDB.Driver;

namespace Loyalty.Campaigns;

/// <summary>Who walks through which campaign, as passes have left it.</summary>
internal sealed class MembershipStore(IMongoDatabase database)
{
    public const string Name = "campaigns.memberships";

    private readonly IMongoCollection<Membership> collection = database.GetCollection<Membership>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // An account's walks: in every pass that touches it, and for its app.
        new(Builders<Membership>.IndexKeys.Ascending(membership => membership.Owner)),
        // Forgetting tombstones.
        new(Builders<Membership>.IndexKeys.Ascending(membership => membership.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    public async Task<IReadOnlyList<Membership>> OfAccountsAsync(IEnumerable<string> owners, CancellationToken cancellationToken) =>
        await collection.Find(Builders<Membership>.Filter.In(membership => membership.Owner, owners)).ToListAsync(cancellationToken);
}
