using Loyalty.Auth;
using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>A tenant's time zone, as it is when a pass begins.</summary>
public sealed record TenantZone(Zone Zone)
{
    /// <summary>Whose phone numbers are those without a country.</summary>
    public string Country { get; init; } = Tenant.DefaultCountry;
}

/// <summary>Reads the zones of tenants for passes.</summary>
internal sealed class TenantZones(Tenants tenants) : IPassValues<TenantZone>
{
    public async Task<TenantZone> ReadAsync(string key, CancellationToken cancellationToken) =>
        new(await tenants.ZoneOfAsync(key, cancellationToken)) { Country = (await tenants.FindAsync(key, cancellationToken))?.Country ?? Tenant.DefaultCountry };
}
