using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Mongo;

/// <summary>Removes what a deleted tenant leaves.</summary>
public static class TenantDocuments
{
    private const int Slice = 1000;

    /// <summary>
    /// Removes the documents of a tenant, slice by slice, so that nobody waits for it: those whose id is the tenant or begins with it, and those
    /// whose field <c>tenant</c> names it. Harmless to repeat.
    /// </summary>
    /// <returns>How many there were.</returns>
    public static async Task<long> RemoveTenantAsync(this IMongoDatabase database, string collection, string tenant, CancellationToken cancellationToken)
    {
        var filter = Builders<BsonDocument>.Filter;
        // Note: a key is the tenant, a slash and more; the character after the slash ends the range.
        var byId = filter.Eq("_id", tenant) | (filter.Gte("_id", $"{tenant}/") & filter.Lt("_id", $"{tenant}0"));
        var documents = database.GetCollection<BsonDocument>(collection);
        return await RemoveAsync(documents, byId, cancellationToken) + await RemoveAsync(documents, filter.Eq("tenant", tenant), cancellationToken);
    }

    private static async Task<long> RemoveAsync(IMongoCollection<BsonDocument> documents, FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken)
    {
        var removed = 0L;
        var options = new FindOptions<BsonDocument> { Projection = Builders<BsonDocument>.Projection.Include("_id"), BatchSize = Slice };
        using var found = await documents.FindAsync(filter, options, cancellationToken);
        while (await found.MoveNextAsync(cancellationToken))
        {
            BsonValue[] ids = [.. found.Current.Select(document => document["_id"])];
            if (ids.Length > 0)
                removed += (await documents.DeleteManyAsync(Builders<BsonDocument>.Filter.In("_id", ids), cancellationToken)).DeletedCount;
        }
        return removed;
    }
}
