namespace Loyalty.Campaigns.Contracts;

/// <summary>Which campaigns there are.</summary>
public interface ICampaignCatalogue
{
    /// <summary>Under what name a campaign is counted, also one that is deleted; null where there never was one.</summary>
    Task<string?> FigureNameAsync(string tenant, string campaign, CancellationToken cancellationToken);
}
