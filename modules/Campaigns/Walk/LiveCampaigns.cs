namespace Loyalty.Campaigns;

/// <summary>
/// The campaigns that have started and are not over, with what accounts find them by. Only the host that decides changes campaigns, so it
/// remembers them from pass to pass.
/// </summary>
internal sealed class LiveCampaigns
{
    private readonly Dictionary<string, Dictionary<string, Campaign>> byTenant = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JoinIndex> indexes = new(StringComparer.Ordinal);

    public IEnumerable<string> Unknown(IEnumerable<string> tenants) => tenants.Where(tenant => !byTenant.ContainsKey(tenant));

    public void Learn(IEnumerable<string> tenants, IEnumerable<Campaign> started)
    {
        foreach (var tenant in tenants)
            byTenant.TryAdd(tenant, new Dictionary<string, Campaign>(StringComparer.Ordinal));
        foreach (var campaign in started)
            Keep(campaign);
    }

    public IEnumerable<Campaign> Of(IEnumerable<string> tenants) => tenants.SelectMany(tenant => byTenant[tenant].Values);

    /// <summary>Keeps what a pass has left.</summary>
    public void Keep(Campaign campaign)
    {
        if (!byTenant.TryGetValue(campaign.Tenant, out var known))
            return;
        var before = known.GetValueOrDefault(campaign.Key);
        if (campaign.IsStarted)
            known[campaign.Key] = campaign;
        else
            known.Remove(campaign.Key);
        if (before?.Version != campaign.Version || before.Status != campaign.Status)
            indexes.Remove(campaign.Tenant);
    }

    public void Forget()
    {
        byTenant.Clear();
        indexes.Clear();
    }

    public JoinIndex Index(string tenant)
    {
        if (!indexes.TryGetValue(tenant, out var index))
            indexes.Add(tenant, index = new JoinIndex(byTenant[tenant].Values));
        return index;
    }
}

/// <summary>The campaigns that accounts may join, as a pass goes on.</summary>
internal sealed class JoinableCampaigns(LiveCampaigns remembered, Func<IEnumerable<Campaign>> current)
{
    private readonly Dictionary<string, JoinIndex> changed = new(StringComparer.Ordinal);

    /// <summary>An entry has changed campaigns of the tenant.</summary>
    public void Reindex(string tenant) => changed[tenant] = new JoinIndex(current().Where(campaign => campaign.Tenant == tenant));

    public JoinIndex Of(string tenant) => changed.GetValueOrDefault(tenant) ?? remembered.Index(tenant);
}
