using Loyalty.Accounts.Contracts;

namespace Loyalty.Campaigns;

/// <summary>When a clock on the wall of a time zone shows a given hour. Pure.</summary>
internal static class LocalHour
{
    /// <summary>
    /// The first instant at which the zone's clock shows that time of that day, or later: where a change of the clock skips the time, the moment
    /// after the change; where it shows the time twice, the first.
    /// </summary>
    public static DateTimeOffset Of(DateOnly day, TimeOnly hour, TimeZoneInfo zone)
    {
        var clock = day.ToDateTime(hour);
        var (before, after) = (AsUtc(clock.AddDays(-2)), AsUtc(clock.AddDays(2)));
        DateTimeOffset[] exact =
        [
            .. new[] { zone.GetUtcOffset(before), zone.GetUtcOffset(AsUtc(clock)), zone.GetUtcOffset(after) }.Distinct()
                .Select(offset => AsUtc(clock) - offset).Where(instant => Shown(instant, zone) == clock).Order(),
        ];
        return exact.Length > 0 ? exact[0] : Change(clock, before, after, zone);
    }

    /// <summary>The last such time of any day that is not after the instant.</summary>
    public static DateTimeOffset LastUntil(DateTimeOffset instant, TimeOnly hour, TimeZoneInfo zone)
    {
        var day = zone.DayOf(instant).AddDays(1);
        while (true)
        {
            if (Of(day, hour, zone) is var candidate && candidate <= instant)
                return candidate;
            day = day.AddDays(-1);
        }
    }

    /// <summary>The first such time of any day that is not before the instant.</summary>
    public static DateTimeOffset NextFrom(DateTimeOffset instant, TimeOnly hour, TimeZoneInfo zone)
    {
        var day = zone.DayOf(instant).AddDays(-1);
        while (true)
        {
            if (Of(day, hour, zone) is var candidate && candidate >= instant)
                return candidate;
            day = day.AddDays(1);
        }
    }

    private static DateTime Shown(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static DateTimeOffset AsUtc(DateTime clock) => new(clock, TimeSpan.Zero);

    /// <summary>The moment at which the clock jumps over the time, found by halving.</summary>
    private static DateTimeOffset Change(DateTime clock, DateTimeOffset before, DateTimeOffset after, TimeZoneInfo zone)
    {
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + (after - before) / 2;
            if (Shown(middle, zone) < clock)
                before = middle;
            else
                after = middle;
        }
        return new DateTimeOffset(after.Ticks - after.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }
}
