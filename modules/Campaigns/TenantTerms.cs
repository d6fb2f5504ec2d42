namespace Loyalty.Campaigns;

/// <summary>What the tenants of a pass have settled that campaigns go by.</summary>
internal sealed class TenantTerms
{
    private readonly Dictionary<string, (int CampaignLimit, TimeZoneInfo Zone)> byTenant = new(StringComparer.Ordinal);

    public void Add(string tenant, int campaignLimit, TimeZoneInfo zone) => byTenant.Add(tenant, (campaignLimit, zone));

    public (int CampaignLimit, TimeZoneInfo Zone) Of(string tenant) => byTenant[tenant];
}
