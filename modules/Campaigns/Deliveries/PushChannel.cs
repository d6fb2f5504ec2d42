using Loyalty.Campaigns.Contracts;
using Loyalty.Outbox;

namespace Loyalty.Campaigns;

/// <summary>Push notifications, for the tenant's push webhook.</summary>
internal sealed class PushChannel(TenantSettings<CampaignSettings> settings, CouponStore coupons, CampaignStore campaigns, TimeProvider time) : IOutboxChannel
{
    public const string ChannelName = "push";

    private const string Campaign = "campaign";
    public const string Coupon = "coupon";

    public string Name => ChannelName;

    public static IReadOnlyDictionary<string, string> About(string campaign, string? coupon) => coupon is null
        ? new Dictionary<string, string> { [Campaign] = campaign }
        : new Dictionary<string, string> { [Campaign] = campaign, [Coupon] = coupon };

    public async Task<OutboxTarget?> TargetOfAsync(OutboxItem item, CancellationToken cancellationToken) =>
        await settings.OfAsync(item.Tenant, cancellationToken) is { PushWebhookUrl: { } url, PushWebhookSecret: { } secret } ? new(url, secret) : null;

    /// <summary>What a push is about may be over by the time it is sent, most of all when it is tried again: its coupon used, its campaign ended.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ObsoleteAsync(IReadOnlyList<OutboxItem> items, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        string[] codes = [.. items.Where(item => item.About.ContainsKey(Coupon)).Select(item => Key.Of(item.Tenant, item.About[Coupon])).Distinct()];
        var given = codes.Length == 0 ? new Dictionary<string, Coupon>() : await coupons.FindAsync(codes, cancellationToken);
        var obsolete = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ofTenant in items.GroupBy(item => item.Tenant))
        {
            var running = await campaigns.FindAsync(ofTenant.Key, ofTenant.Select(item => item.About.GetValueOrDefault(Campaign, "")), cancellationToken);
            foreach (var item in ofTenant)
                if (running.GetValueOrDefault(item.About.GetValueOrDefault(Campaign, ""))?.IsLiveAt(now) != true)
                    obsolete[item.Id] = "Its campaign is over.";
                else if (item.About.TryGetValue(Coupon, out var code)
                    && (given.GetValueOrDefault(Key.Of(item.Tenant, code)) is not { Status: CouponStatus.Open } coupon || coupon.ValidTo <= now))
                    obsolete[item.Id] = "Its coupon is used, expired or void.";
        }
        return obsolete;
    }

    public NewEntry? DeliveredEntry(OutboxItem item, DateTimeOffset at) =>
        NewEntry.Of(item.Tenant, item.Id, new CountDelivery.Body(item.About.GetValueOrDefault(Campaign, ""), item.Incarnation), at);
}

/// <summary>A push has arrived, and counts.</summary>
internal sealed class CountDelivery : EntryHandler<CountDelivery.Body>
{
    /// <param name="Incarnation">Note: the entry names no person.</param>
    [EntryKind("campaign.notice.delivered")]
    internal sealed record Body(string Campaign, string Incarnation);

    protected override void Needs(Needs needs, Entry entry, Body body)
    {
    }

    protected override Task DecideAsync(Pass pass, Entry entry, Body body) => pass.PublishAsync(
        new CampaignFact(pass, CampaignFactKind.NotificationSent, pass.FiguresOf(body.Campaign), null, body.Incarnation, null, entry.At));
}
