using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>The kinds of entries that concern notifications, and what they carry.</summary>
internal static class NoticeEntries
{
    /// <summary>A notice is due.</summary>
    public const string Due = "campaign.notice";

    /// <summary>The next members of a campaign get what is sent to all.</summary>
    public const string Members = "campaign.notice.members";

    /// <summary>A campaign has begun, or has other notifications: what is to be sent for the coupons it has given already.</summary>
    public const string Plan = "campaign.notice.plan";

    /// <summary>The next open notices, of a campaign or of a tenant, are looked at again.</summary>
    public const string Review = "campaign.notice.review";

    public sealed record DueBody(string Notice);

    /// <param name="Step">Which of the chain. Note: the notice says how far it has come, so that no account's id stays in the inbox.</param>
    public sealed record MembersBody(string Notice, string Campaign, int Step);

    /// <param name="After">The key of the last coupon that was looked at.</param>
    public sealed record PlanBody(string Campaign, string? After);

    /// <param name="Campaign">Absent: all of the tenant.</param>
    /// <param name="After">The id of the last notice that was looked at.</param>
    public sealed record ReviewBody(string? Campaign, string? After);

    /// <summary>The campaign that an entry names; null where it names none.</summary>
    public static string? CampaignOf(Entry entry) => entry.Kind switch
    {
        Members => entry.Read<MembersBody>().Campaign,
        Plan => entry.Read<PlanBody>().Campaign,
        Review => entry.Read<ReviewBody>().Campaign,
        _ => null,
    };
}
