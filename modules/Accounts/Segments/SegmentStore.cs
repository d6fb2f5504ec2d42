using Loyalty.Accounts.Contracts;
using Loyalty.Mongo;
using MongoDB.Driver;

namespace Loyalty.Accounts;

/// <summary>The segments of tenants, as passes have left them.</summary>
internal sealed class SegmentStore(IMongoDatabase database) : ISegmentCatalogue
{
    public const string Name = "accounts.segments";

    private readonly IMongoCollection<TenantSegments> collection = database.GetCollection<TenantSegments>(Name);

    public Task<IReadOnlyList<TenantSegments>> FindAsync(IEnumerable<string> tenants, CancellationToken cancellationToken) =>
        collection.FindInAsync(segments => segments.Id, tenants, cancellationToken);

    /// <summary>The tenant's rules; the default ones as long as it has no account.</summary>
    public async Task<IReadOnlyList<SegmentRule>> RulesOfAsync(string tenant, CancellationToken cancellationToken) =>
        (await FindAsync([tenant], cancellationToken)).SingleOrDefault()?.Rules ?? Segments.Default;

    public async Task<IReadOnlyList<SegmentStatus>> OfAsync(string tenant, CancellationToken cancellationToken)
    {
        var found = (await FindAsync([tenant], cancellationToken)).SingleOrDefault();
        return [.. (found?.Rules ?? Segments.Default).Select(rule => new SegmentStatus(rule.Name, found?.ComputedAt))];
    }
}
