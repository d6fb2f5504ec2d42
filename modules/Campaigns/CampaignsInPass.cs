using Loyalty.Campaigns.Contracts;

namespace Loyalty.Campaigns;

/// <summary>How the campaigns of a pass are reached.</summary>
internal static class CampaignsInPass
{
    public static void Campaign(this Needs needs, string tenant, string campaign) => needs.Document<Campaign>(Key.Of(tenant, campaign));

    /// <summary>How the tenant of the entry being decided wants its campaigns run.</summary>
    public static CampaignSettings CampaignSettings(this Pass pass) => pass.Value<CampaignSettings>(pass.Entry.Tenant);

    /// <summary>A campaign that the entry has named and that is not deleted; a refusal where there is none.</summary>
    public static Campaign CampaignOrRefuse(this Pass pass, string campaign) =>
        pass.Find<Campaign>(Key.Of(pass.Entry.Tenant, campaign)) is { Status: not CampaignStatus.Deleted } found
            ? found
            : throw new EntryRejectedException(404, "campaign_not_found", $"There is no campaign {campaign}.");

    /// <summary>
    /// A campaign that has been started; null where it is over, or gone. Note: all started campaigns of the entry's tenant are loaded, so that
    /// one which is not is not started.
    /// </summary>
    public static Campaign? StartedCampaign(this Pass pass, string tenant, string campaign) =>
        pass.Documents<Campaign>().Peek(Key.Of(tenant, campaign)) is { IsStarted: true } started ? started : null;

    /// <summary>Under what name statistics count a campaign of the entry's tenant.</summary>
    public static string FiguresOf(this Pass pass, string campaign) =>
        pass.Documents<Campaign>().Peek(Key.Of(pass.Entry.Tenant, campaign))?.FigureName ?? campaign;

    /// <summary>All campaigns of the entry's tenant that are started.</summary>
    public static IReadOnlyList<Campaign> StartedCampaigns(this Pass pass) => pass.Documents<Campaign>().Of(Campaigns.Campaign.Started, pass.Entry.Tenant);
}
