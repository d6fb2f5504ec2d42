namespace Loyalty.Campaigns;

/// <summary>The campaigns of a pass that accounts may join.</summary>
internal sealed class LiveCampaigns(Func<IEnumerable<Campaign>> all)
{
    /// <summary>Note: birthday campaigns enrol on the day, by their own entries.</summary>
    public IReadOnlyList<Campaign> TakingJoiners(string tenant) =>
        [.. all().Where(campaign => campaign.Tenant == tenant && campaign.TakesJoiners && campaign.Definition.Type == CampaignType.Standard)
            .OrderBy(campaign => campaign.Id, StringComparer.Ordinal)];
}
