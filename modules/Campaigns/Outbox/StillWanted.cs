using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// What a push is about may be over by the time it is sent, most of all when it is tried again: its coupon used, its campaign ended.
/// </summary>
internal sealed class StillWanted(CouponStore coupons, CampaignStore campaigns, TimeProvider time)
{
    /// <summary>By id, why an item is not to be sent any more. One call per collection.</summary>
    public async Task<IReadOnlyDictionary<string, string>> HindrancesAsync(IReadOnlyList<OutboxItem> items, CancellationToken cancellationToken)
    {
        OutboxItem[] pushes = [.. items.Where(item => item.Kind == OutboxKind.Push)];
        if (pushes.Length == 0)
            return new Dictionary<string, string>();
        var now = time.GetUtcNow();
        var codes = pushes.Where(item => item.Coupon is not null).Select(item => Key.Of(item.Tenant, item.Coupon!)).Distinct().ToArray();
        var given = codes.Length == 0 ? new Dictionary<string, Coupon>() : await coupons.FindAsync(codes, cancellationToken);
        var running = await campaigns.FindAsync(pushes[0].Tenant, pushes.Select(item => item.Campaign), cancellationToken);
        var hindrances = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in pushes)
        {
            if (running.GetValueOrDefault(item.Campaign)?.IsLiveAt(now) != true)
                hindrances[item.Id] = "Its campaign is over.";
            else if (item.Coupon is { } code && (given.GetValueOrDefault(Key.Of(item.Tenant, code)) is not { Status: CouponStatus.Open } coupon || coupon.ValidTo <= now))
                hindrances[item.Id] = "Its coupon is used, expired or void.";
        }
        return hindrances;
    }
}
