using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;

namespace Loyalty.Campaigns;

/// <summary>
/// A campaign has begun, or its notifications have changed: the times at which all are written to, and, 500 at a time, the coupons
/// that it has given already. What is there stays; what was dropped because the notification was gone comes back with it.
/// </summary>
internal static class PlanNotices
{
    public static void Decide(Pass pass, Entry entry, NoticeEntries.PlanBody body)
    {
        if (pass.Documents<Campaign>().Find(Key.Of(entry.Tenant, body.Campaign)) is not { IsLive: true } campaign)
            return;
        foreach (var notice in Wanted(pass, entry, campaign, body))
            Expect(pass, notice);
        var keys = pass.Held<NoticeBatches>().Of(entry.Id);
        if (keys.Count == NoticeBatches.Size)
            pass.Append(Next(entry, body.Campaign, keys[^1]));
    }

    /// <summary>What the entry is about to plan, among what is loaded.</summary>
    public static IEnumerable<Notice> Wanted(Pass pass, Entry entry, Campaign campaign, NoticeEntries.PlanBody body)
    {
        if (body.After is null)
            foreach (var notice in CampaignNotices.AtTimes(campaign))
                yield return notice;
        var keys = pass.Held<NoticeBatches>().Of(entry.Id).ToHashSet();
        var zone = pass.Held<TenantTerms>().ZoneOf(entry.Tenant);
        foreach (var coupon in keys.Select(pass.Documents<Coupon>().Find).OfType<Coupon>().Where(coupon => coupon.Status == CouponStatus.Open))
            if (pass.Documents<Account>().Find(coupon.Owner) is { IsErased: false } account)
                foreach (var notice in CampaignNotices.OfCoupon(campaign.Definition, coupon, account, zone))
                    yield return notice;
    }

    public static NewEntry Next(Entry cause, string campaign, string? after) => NewEntry.Internal(
        cause.Tenant, $"notices:{CauseId.Of(cause.Id, campaign, after ?? "")}", NoticeEntries.Plan, null, cause.AcceptedAt,
        new NoticeEntries.PlanBody(campaign, after));

    private static void Expect(Pass pass, Notice wanted)
    {
        var notices = pass.Documents<Notice>();
        var known = notices.Find(wanted.Id);
        if (known is not null and not { Status: NoticeStatus.Dropped, Why: NoticeRule.Removed })
            return;
        notices.Put(known?.Reopened(wanted.DueAt!.Value) ?? wanted);
        pass.FallsDue(DueNotices.Source, wanted.DueAt);
    }
}
