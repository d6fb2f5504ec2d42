using Loyalty.Mongo;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>Who has which card and which member-get-member code.</summary>
internal sealed class ClaimStore(IMongoDatabase database)
{
    public const string Name = "accounts.claims";

    private readonly IMongoCollection<Claim> collection = database.GetCollection<Claim>(Name);

    public Task<IReadOnlyList<Claim>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        collection.FindInAsync(claim => claim.Id, ids, cancellationToken);
}
