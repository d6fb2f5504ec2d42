using System.Collections.Concurrent;
using Loyalty.Time;
using Loyalty.Web;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>The tenants of this deployment.</summary>
public sealed class Tenants(IMongoDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (Tenant Tenant, DateTimeOffset Until)> recent = new(StringComparer.Ordinal);
    private readonly IMongoCollection<Tenant> tenants = database.GetCollection<Tenant>("auth.tenants");

    /// <summary>Remembered for a few seconds; a tenant that is not there is looked for every time.</summary>
    public async ValueTask<Tenant?> FindAsync(string id, CancellationToken cancellation)
    {
        if (recent.TryGetValue(id, out var known) && known.Until > time.GetUtcNow())
            return known.Tenant;
        var tenant = await tenants.Find(tenant => tenant.Id == id).FirstOrDefaultAsync(cancellation);
        if (tenant is null)
            recent.TryRemove(id, out _);
        else
            recent[id] = (tenant, time.GetUtcNow() + Remembered);
        return tenant;
    }

    /// <summary>The next look reads it anew, because it is known to have changed.</summary>
    public void Forget(string id) => recent.TryRemove(id, out _);

    /// <summary>The zone in which the tenant's wall-clock times are read; UTC for a tenant that is not there.</summary>
    public async ValueTask<Zone> ZoneOfAsync(string id, CancellationToken cancellation) =>
        (await FindAsync(id, cancellation))?.FindZone() ?? Zone.Utc;

    /// <summary>Whether anybody has made a tenant yet.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellation) =>
        tenants.Find(tenant => tenant.Id != Tenant.System).AnyAsync(cancellation);

    /// <returns>False when there is a tenant of that id, which stays as it is.</returns>
    public async Task<bool> TryCreateAsync(Tenant tenant, CancellationToken cancellation)
    {
        if (!TenantHeader.IsTenantId(tenant.Id))
            throw new ArgumentException($"'{tenant.Id}' cannot be a tenant's id.", nameof(tenant));
        if (!Zone.TryFind(tenant.TimeZone, out _))
            throw new ArgumentException($"'{tenant.TimeZone}' is no time zone.", nameof(tenant));
        try
        {
            await tenants.InsertOneAsync(tenant, cancellationToken: cancellation);
            return true;
        }
        catch (MongoWriteException error) when (error.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>The deployment's administrators manage every tenant, those of a tenant their own.</summary>
    internal static bool MayManage(Caller caller, string tenant) =>
        caller.Tenant == tenant || (caller.Tenant == Tenant.System && caller.Has(Roles.Su));

    internal async Task RemoveAsync(string id, CancellationToken cancellation)
    {
        await tenants.DeleteOneAsync(tenant => tenant.Id == id, cancellation);
        Forget(id);
    }

    internal async Task<bool> TryChangeAsync(Tenant tenant, CancellationToken cancellation)
    {
        var result = await tenants.ReplaceOneAsync(stored => stored.Id == tenant.Id, tenant, cancellationToken: cancellation);
        recent.TryRemove(tenant.Id, out _);
        return result.MatchedCount > 0;
    }

    internal async Task<string?> FirstUnknownAsync(IReadOnlyList<string>? ids, CancellationToken cancellation)
    {
        foreach (var id in ids ?? [])
            if (await FindAsync(id, cancellation) is null)
                return id;
        return null;
    }

    internal async Task<(IReadOnlyList<Tenant> Tenants, long Total)> ListAsync(ListQuery query, CancellationToken cancellation)
    {
        var filter = TenantFilter.Of(query);
        var found = await tenants.Find(filter).Sort(TenantFilter.Order(query)).Skip(query.Skip).Limit(Math.Max(query.Take, 1)).ToListAsync(cancellation);
        return (query.Take == 0 ? [] : found, await tenants.CountDocumentsAsync(filter, cancellationToken: cancellation));
    }
}
