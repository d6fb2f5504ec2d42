namespace Loyalty.Campaigns.Contracts;

/// <summary>Which campaigns there are.</summary>
public interface ICampaignCatalogue
{
    Task<bool> ExistsAsync(string tenant, string campaign, CancellationToken cancellationToken);
}
