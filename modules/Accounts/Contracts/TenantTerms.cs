using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>The settings and time zones of a pass's tenants, as they are when it begins: by them, and on their days, everything is decided.</summary>
public sealed class TenantTerms
{
    private readonly Dictionary<string, (LoyaltySettings Settings, Zone Zone)> byTenant = new(StringComparer.Ordinal);

    public void Add(LoyaltySettings settings, Zone zone) => byTenant[settings.Tenant] = (settings, zone);

    public LoyaltySettings Of(string tenant) => byTenant[tenant].Settings;

    public Zone ZoneOf(string tenant) => byTenant[tenant].Zone;
}
