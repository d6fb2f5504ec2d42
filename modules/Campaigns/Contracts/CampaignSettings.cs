using System.Globalization;
using Loyalty.Time;
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

    /// <summary>The language in which dates and numbers are written to members, such as <c>pl-PL</c>; null: as ISO 8601.</summary>
    public string? Language { get; init; }

    /// <summary>The hours in which nothing is sent; null: there are none. Note: null is stored, since absent is the default.</summary>
    [BsonIgnoreIfNull(false)]
    public QuietHours? Quiet { get; init; } = new("21:00", "08:00");

    [BsonIgnore]
    public CultureInfo? Culture => Language is null ? null : CultureInfo.GetCultureInfo(Language);

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

/// <summary>Hours of the day, in the tenant's zone, in which no notification is sent: it waits until they end.</summary>
/// <param name="From">When they begin, such as <c>21:00</c>.</param>
/// <param name="To">When they end, such as <c>08:00</c>; on the next day where that is earlier.</param>
public sealed record QuietHours(string From, string To)
{
    /// <summary>When the quiet hours end that it is in now; null outside of them. Note: by what the clock shows, so that they hold through its changes.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now, Zone zone)
    {
        var (from, to, clock) = (TimeOf(From), TimeOf(To), TimeOnly.FromDateTime(zone.ClockAt(now)));
        return from != to && clock.IsBetween(from, to) ? zone.NextAt(to, now) : null;
    }

    public static bool IsTime(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static TimeOnly TimeOf(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}
