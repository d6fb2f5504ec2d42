using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts.Contracts;

/// <summary>How one tenant wants its accounts treated.</summary>
public sealed record LoyaltySettings : ITenantSettings<LoyaltySettings>
{
    public static string Collection => "accounts.settings";

    [BsonId]
    public required string Tenant { get; init; }

    /// <summary>Tags that accounts show as important.</summary>
    public IReadOnlyList<string> ImportantTags { get; init; } = [];

    /// <summary>The consent without which nobody is contacted.</summary>
    public string ContactConsent { get; init; } = "contact";

    /// <summary>The secret that signs the order webhook. Without one the webhook is closed.</summary>
    public string? OrderWebhookSecret { get; init; }

    public static LoyaltySettings DefaultFor(string tenant) => new() { Tenant = tenant };

    public LoyaltySettings WithSecrets(Func<string, string, string> change) =>
        this with { OrderWebhookSecret = OrderWebhookSecret is { } secret ? change(secret, "order") : null };
}
