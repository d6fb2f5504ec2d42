using Loyalty.Accounts.Contracts;
using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>Which notices a campaign's notifications come to. Pure.</summary>
internal static class CampaignNotices
{
    /// <summary>What tells a notification from the others of its campaign: for an expiry how long before, for a time the time; and its number among equals.</summary>
    public static IEnumerable<(string Which, NotificationDefinition Definition)> Named(CampaignDefinition campaign)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var definition in campaign.Notifications ?? [])
        {
            var what = definition switch
            {
                CouponExpirationNotificationDefinition expiry => $"expiry {WhichOf(expiry.Before)}",
                CreditExpirationNotificationDefinition credit => $"credit {WhichOf(credit.Before)}",
                SpecificTimeNotificationDefinition time => $"time {time.At.ToUnixTimeMilliseconds()}",
                _ => "join",
            };
            var number = seen[what] = seen.GetValueOrDefault(what) + 1;
            yield return ($"{what} {number}", definition);
        }
    }

    /// <summary>Note: one without months is named by its ticks, as it always was; open notices hold that name.</summary>
    private static string? WhichOf(string before) =>
        CalendarPeriod.Read(before) is not { } period ? null : period.FixedLength is { } length ? $"{length.Ticks}" : $"{period}";

    public static NotificationDefinition? Find(CampaignDefinition campaign, string which) =>
        Named(campaign).Where(named => named.Which == which).Select(named => named.Definition).FirstOrDefault();

    /// <summary>Ids of the notices that a coupon may come to.</summary>
    public static IEnumerable<string> IdsOfCoupon(CampaignDefinition campaign, Coupon coupon, Account account) =>
        Named(campaign).Where(named => named.Definition is CouponExpirationNotificationDefinition).Select(named => IdOfCoupon(coupon, account, named.Which));

    public static IEnumerable<Notice> OfCoupon(CampaignDefinition campaign, Coupon coupon, Account account, Zone zone) =>
        coupon.ValidTo is not { } validTo ? [] :
        from named in Named(campaign)
        where named.Definition is CouponExpirationNotificationDefinition
        let notice = new Notice
        {
            Id = IdOfCoupon(coupon, account, named.Which),
            Tenant = coupon.Tenant,
            Campaign = coupon.Campaign,
            Kind = NoticeKind.CouponExpiration,
            Owner = account.Key,
            Account = account.Id,
            Coupon = coupon.Code,
            Occasion = validTo,
            From = coupon.GivenAt,
            Which = named.Which,
        }
        let due = NoticeTimes.DueOf(notice, named.Definition, zone)
        where due is not null
        select notice with { DueAt = due };

    /// <summary>Note: what ends on one day is one occasion, so that a member is not told of every order's points on its own.</summary>
    public static IEnumerable<Notice> OfCredit(CampaignDefinition campaign, WalletLot lot, Account account, Zone zone) =>
        lot.Ends is not { } ends ? [] :
        from named in Named(campaign)
        where named.Definition is CreditExpirationNotificationDefinition
        let first = account.Lots.Where(other => other.Campaign == campaign.Id && other.Ends is { } end && zone.DayOf(end) == zone.DayOf(ends)).MinBy(other => other.Ends) ?? lot
        let notice = new Notice
        {
            Id = CauseId.Of(account.Incarnation, "credit", campaign.Id, $"{zone.DayOf(ends):yyyy-MM-dd}", named.Which),
            Tenant = account.Tenant,
            Campaign = campaign.Id,
            Kind = NoticeKind.CreditExpiration,
            Owner = account.Key,
            Account = account.Id,
            Occasion = first.Ends!.Value,
            From = first.At,
            Which = named.Which,
        }
        let due = NoticeTimes.DueOf(notice, named.Definition, zone)
        where due is not null
        select notice with { DueAt = due };

    public static IEnumerable<Notice> OfJoin(CampaignDefinition campaign, Membership membership, Account account, Zone zone) =>
        from named in Named(campaign)
        where named.Definition is DynamicJoinNotificationDefinition
        let notice = new Notice
        {
            Id = CauseId.Of(account.Incarnation, "join", membership.Campaign, $"{membership.JoinedAt.ToUnixTimeMilliseconds()}", named.Which),
            Tenant = membership.Tenant,
            Campaign = membership.Campaign,
            Kind = NoticeKind.DynamicJoin,
            Owner = account.Key,
            Account = account.Id,
            Occasion = membership.JoinedAt,
            From = membership.JoinedAt,
            Which = named.Which,
        }
        select notice with { DueAt = NoticeTimes.DueOf(notice, named.Definition, zone) };

    public static IEnumerable<Notice> AtTimes(Campaign campaign) =>
        from named in Named(campaign.Definition)
        let definition = named.Definition as SpecificTimeNotificationDefinition
        where definition is not null
        select new Notice
        {
            Id = CauseId.Of(campaign.Key, "time", named.Which),
            Tenant = campaign.Tenant,
            Campaign = campaign.Id,
            Kind = NoticeKind.SpecificTime,
            Occasion = definition.At,
            From = definition.At,
            Which = named.Which,
            DueAt = definition.At,
        };

    private static string IdOfCoupon(Coupon coupon, Account account, string which) => CauseId.Of(account.Incarnation, "coupon", coupon.Code, which);
}
