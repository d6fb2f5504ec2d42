using System.Collections.Concurrent;
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

    /// <returns>False when there is a tenant of that id, which stays as it is.</returns>
    public async Task<bool> TryCreateAsync(Tenant tenant, CancellationToken cancellation)
    {
        if (!TenantHeader.IsTenantId(tenant.Id))
            throw new ArgumentException($"'{tenant.Id}' cannot be a tenant's id.", nameof(tenant));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(tenant.TimeZone, out _))
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
}
