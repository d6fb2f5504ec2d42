using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>Who has which card and which member-get-member code.</summary>
internal sealed class ClaimStore(IMongoDatabase database)
{
    public const string Name = "accounts.claims";

    private readonly IMongoCollection<Claim> collection = database.GetCollection<Claim>(Name);

    public async Task<IReadOnlyList<Claim>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        await collection.Find(Builders<Claim>.Filter.In(claim => claim.Id, ids)).ToListAsync(cancellationToken);
}
