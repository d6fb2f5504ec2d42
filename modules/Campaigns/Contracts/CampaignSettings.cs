using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Campaigns.Contracts;

/// <summary>How one tenant wants its campaigns run, and where it is told of what they send.</summary>
public sealed record CampaignSettings : ITenantSettings<CampaignSettings>
{
    public static string Collection => "campaigns.settings";

    [BsonId]
    public required string Tenant { get; init; }

    /// <summary>The consent without which no push is sent.</summary>
    public string PushConsent { get; init; } = "push";

    /// <summary>Where push notifications are posted. Without it none is sent.</summary>
    public string? PushWebhookUrl { get; init; }

    /// <summary>The secret that signs them.</summary>
    public string? PushWebhookSecret { get; init; }

    /// <summary>The outside wallet that credits are handed over to. Without it they stay in the built-in ledger alone.</summary>
    public string? WalletUrl { get; init; }

    /// <summary>The secret that signs the hand-over.</summary>
    public string? WalletSecret { get; init; }

    /// <summary>A notification that would be later than this is recorded as missed, and not sent.</summary>
    public TimeSpan NotificationLateness { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long after a member's app has reported a message or coupon the same report is taken for a repeat.</summary>
    public TimeSpan ReportRepeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many campaigns may be scheduled or running at once.</summary>
    public int CampaignLimit { get; init; } = 16;

    public static CampaignSettings DefaultFor(string tenant) => new() { Tenant = tenant };

    public CampaignSettings WithSecrets(Func<string, string, string> change) => this with
    {
        PushWebhookSecret = PushWebhookSecret is { } push ? change(push, "push") : null,
        WalletSecret = WalletSecret is { } wallet ? change(wallet, "wallet") : null,
    };
}
