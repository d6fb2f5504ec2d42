using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>When a notification is due. Pure: the same facts, definition and zone give the same time.</summary>
internal static class NoticeTimes
{
    public static DateTimeOffset? DueOf(Notice notice, NotificationDefinition definition, Zone zone) => definition switch
    {
        CouponExpirationNotificationDefinition expiry => BeforeExpiry(notice.Occasion, notice.From, expiry.Before, expiry.DayPart, zone),
        CreditExpirationNotificationDefinition credit => BeforeExpiry(notice.Occasion, notice.From, credit.Before, credit.DayPart, zone),
        DynamicJoinNotificationDefinition { DayPart: { } part } => zone.NextAt(HourOf(part), notice.From),
        DynamicJoinNotificationDefinition => notice.From,
        _ => notice.Occasion,
    };

    /// <summary>
    /// So long before the coupon expires or the credit ends, or at the last such hour of the day before that. Where that hour has passed already when the
    /// coupon is given, the time itself; null for a coupon that is not valid for so long at all.
    /// </summary>
    public static DateTimeOffset? BeforeExpiry(DateTimeOffset expiry, DateTimeOffset from, string before, DayPart? dayPart, Zone zone)
    {
        if (CalendarPeriod.Read(before)?.Negate().AddTo(expiry, zone) is not { } latest || latest < from)
            return null;
        if (dayPart is not { } part)
            return latest;
        var hour = zone.LastAt(HourOf(part), latest);
        return hour < from ? latest : hour;
    }

    public static TimeOnly HourOf(DayPart part) => part switch
    {
        DayPart.Morning => new TimeOnly(9, 0),
        DayPart.Noon => new TimeOnly(12, 0),
        DayPart.Afternoon => new TimeOnly(15, 0),
        _ => new TimeOnly(18, 0),
    };
}
