namespace Loyalty.Auth;

/// <summary>What a person or a partner may do; <see cref="Su"/> may do everything in its tenant.</summary>
public static class Roles
{
    public const string Su = "ROLE_SU";

    /// <summary>Accounts, exports, events, coupons, campaigns and statistics.</summary>
    public const string Loyalty = "ROLE_LOYALTY";

    public const string LoyaltyCampaign = "ROLE_LOYALTY_CAMPAIGN";

    public const string LoyaltyStats = "ROLE_LOYALTY_STATS";

    /// <summary>A till: posts events, verifies and unlocks coupons.</summary>
    public const string LoyaltyEvent = "ROLE_LOYALTY_EVENT";

    public static IReadOnlyList<string> All { get; } = [Su, Loyalty, LoyaltyCampaign, LoyaltyStats, LoyaltyEvent];
}
