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

    /// <summary>How many campaigns may be scheduled or running at once.</summary>
    public int CampaignLimit { get; init; } = 16;
}

/// <summary>Reads the settings of tenants; those of a tenant that has none are the defaults.</summary>
public interface ILoyaltySettings
{
    ValueTask<LoyaltySettings> OfAsync(string tenant, CancellationToken cancellationToken);
}
