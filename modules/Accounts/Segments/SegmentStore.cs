using Loyalty.Mongo;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The segments of tenants, as passes have left them.</summary>
internal sealed class SegmentStore(IMongoDatabase database)
{
    public const string Name = "accounts.segments";

    private readonly IMongoCollection<TenantSegments> collection = database.GetCollection<TenantSegments>(Name);

    public Task<IReadOnlyList<TenantSegments>> FindAsync(IEnumerable<string> tenants, CancellationToken cancellationToken) =>
        collection.FindInAsync(segments => segments.Id, tenants, cancellationToken);
}
