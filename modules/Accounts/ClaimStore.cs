using Loyalty.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>Who has which card and which member-get-member code.</summary>
internal sealed class ClaimStore(IMongoDatabase database)
{
    public const string Name = "accounts.names";

    /// <summary>Where claims stood when their ids held cards and codes as they are.</summary>
    private const string Former = "accounts.claims";

    private const int Slice = 1000;

    private readonly IMongoCollection<Claim> collection = database.GetCollection<Claim>(Name);

    public Task CreateIndexesAsync(CancellationToken cancellationToken) => collection.Indexes.CreateManyAsync(
    [
        // All cards and codes of an account that is erased or merged.
        new(Builders<Claim>.IndexKeys.Ascending(claim => claim.Owner)),
        new(Builders<Claim>.IndexKeys.Ascending(claim => claim.ExpireAt), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }),
    ], cancellationToken);

    public Task<IReadOnlyList<Claim>> FindAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        collection.FindInAsync(claim => claim.Id, ids, cancellationToken);

    /// <summary>Takes over claims whose ids hold cards and codes as they are. Harmless to repeat.</summary>
    public async Task TakeOverFormerAsync(CancellationToken cancellationToken)
    {
        var former = database.GetCollection<BsonDocument>(Former);
        while (await former.Find(FilterDefinition<BsonDocument>.Empty).Limit(Slice).ToListAsync(cancellationToken) is { Count: > 0 } slice)
        {
            ReplaceOneModel<Claim>[] writes =
            [
                .. slice.Where(document => document.Contains("account")).Select(Of)
                    .Select(claim => new ReplaceOneModel<Claim>(Builders<Claim>.Filter.Eq(known => known.Id, claim.Id), claim) { IsUpsert = true }),
            ];
            if (writes.Length > 0)
                await collection.BulkWriteAsync(writes, cancellationToken: cancellationToken);
            await former.DeleteManyAsync(Builders<BsonDocument>.Filter.In("_id", slice.Select(document => document["_id"])), cancellationToken);
        }
    }

    private static Claim Of(BsonDocument document)
    {
        var parts = document["_id"].AsString.Split('/', 3);
        return new Claim
        {
            Id = parts[1] == "mgm" ? Claim.Mgm(parts[0], parts[2]) : Claim.Card(parts[0], parts[2]),
            Account = document["account"].AsString,
        };
    }
}
