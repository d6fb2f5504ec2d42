using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts.Contracts;

/// <summary>How one tenant wants loyalty to work.</summary>
public sealed record LoyaltySettings
{
    [BsonId]
    public required string Tenant { get; init; }

    /// <summary>Tags that accounts show as important.</summary>
    public IReadOnlyList<string> ImportantTags { get; init; } = [];

    /// <summary>The consent without which nobody is contacted.</summary>
    public string ContactConsent { get; init; } = "contact";

    /// <summary>The consent without which no push is sent.</summary>
    public string PushConsent { get; init; } = "push";

    /// <summary>The secret that signs the order webhook. Without one the webhook is closed.</summary>
    public string? OrderWebhookSecret { get; init; }

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

    /// <summary>How many campaigns may be scheduled or running at once.</summary>
    public int CampaignLimit { get; init; } = 16;
}

/// <summary>Reads the settings of tenants; those of a tenant that has none are the defaults.</summary>
public interface ILoyaltySettings
{
    ValueTask<LoyaltySettings> OfAsync(string tenant, CancellationToken cancellationToken);
}
