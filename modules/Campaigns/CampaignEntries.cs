using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The kinds of entries that concern campaigns, and what they carry.</summary>
internal static class CampaignEntries
{
    public const string Save = "campaign.save";
    public const string Previewed = "campaign.previewed";
    public const string Initialize = "campaign.initialize";
    public const string Start = "campaign.start";
    public const string Enrol = "campaign.enrol";
    public const string Birthday = "campaign.birthday";
    public const string Finalize = "campaign.finalize";
    public const string Close = "campaign.close";
    public const string Delete = "campaign.delete";
    public const string Purge = "campaign.purge";
    public const string Message = "campaign.message";
    public const string Coupon = "campaign.coupon";
    public const string CouponExpired = "campaign.coupon-expired";
    public const string Push = "campaign.push";
    public const string PushClick = "campaign.push-click";

    /// <param name="ExpectedVersion">The version that the writer has read; 0 where there must be none yet, -1 where there must be any.</param>
    public sealed record SaveBody(CampaignDefinition Definition, long? ExpectedVersion);

    public sealed record PreviewedBody(string Campaign, long Version, long Cnt, IReadOnlyList<string> Samples);

    public sealed record InitializeBody(string Campaign, string By);

    public sealed record CampaignBody(string Campaign);

    /// <param name="Chain">What the ids of the chain's entries have in common.</param>
    /// <param name="Step">Which of them. Note: how far the chain has come stands in the campaign, so that no account's id stays in the inbox.</param>
    public sealed record ChainBody(string Campaign, string Chain, int Step);

    public sealed record BirthdayBody(string Campaign, string Chain, DateOnly Day, int Step);

    public sealed record CouponBody(string Coupon);

    public sealed record PushBody(string Campaign, string Push, string? Title);

    /// <summary>The key of the campaign that an entry names; null for entries that name none.</summary>
    public static string? CampaignOf(Entry entry) => entry.Kind switch
    {
        Save => Key.Of(entry.Tenant, entry.Read<SaveBody>().Definition.Id),
        Previewed or Initialize or Start or Enrol or Birthday or Finalize or Close or Delete or Purge or Message or Coupon or Push or PushClick =>
            Key.Of(entry.Tenant, entry.Read<CampaignBody>().Campaign),
        _ => null,
    };
}
