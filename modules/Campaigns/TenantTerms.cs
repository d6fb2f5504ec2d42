using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The settings and time zones of a pass's tenants, as they are when it begins.</summary>
internal sealed class TenantTerms
{
    private readonly Dictionary<string, (LoyaltySettings Settings, TimeZoneInfo Zone)> byTenant = new(StringComparer.Ordinal);

    public void Add(LoyaltySettings settings, TimeZoneInfo zone) => byTenant[settings.Tenant] = (settings, zone);

    public LoyaltySettings Of(string tenant) => byTenant[tenant].Settings;

    public TimeZoneInfo ZoneOf(string tenant) => byTenant[tenant].Zone;
}
