using NodaTime;

namespace Loyalty.Time;

/// <summary>
/// A zone's clock as two functions that never move back. Instants and wall-clock times are ticks since the beginning of
/// the year 1. For every instant i and time t: First(t) &lt;= i exactly where t &lt;= Reading(i).
/// </summary>
internal sealed class WallClock(DateTimeZone zone)
{
    /// <summary>Note: more than any offset from UTC, and than any clock was ever turned.</summary>
    private const long Reach = 32 * TimeSpan.TicksPerHour;

    private static readonly long UnixEpoch = DateTime.UnixEpoch.Ticks;
    private static readonly long Earliest = Instant.MinValue.ToUnixTimeTicks() + UnixEpoch;
    private static readonly long Latest = Instant.MaxValue.ToUnixTimeTicks() + UnixEpoch;

    /// <summary>What the clock shows.</summary>
    public long Showing(long instant) => instant + IntervalAt(instant).WallOffset.Ticks;

    /// <summary>
    /// The latest time that the clock has shown so far: while it repeats an hour, the end of that hour.
    /// </summary>
    public long Reading(long instant)
    {
        var interval = IntervalAt(instant);
        var reading = instant + interval.WallOffset.Ticks;
        while (interval.HasStart && TicksOf(interval.Start) is var change && instant - change < Reach)
        {
            interval = IntervalAt(change - 1);
            reading = Math.Max(reading, change - 1 + interval.WallOffset.Ticks);
        }
        return reading;
    }

    /// <summary>The first instant at which the clock shows that time or a later one.</summary>
    public long First(long time)
    {
        var interval = IntervalAt(time - Reach);
        while (true)
        {
            var first = time - interval.WallOffset.Ticks;
            if (!interval.HasEnd || first < TicksOf(interval.End))
                return interval.HasStart ? Math.Max(first, TicksOf(interval.Start)) : first;
            interval = IntervalAt(TicksOf(interval.End));
        }
    }

    /// <summary>When the clock is changed next; null if it never is.</summary>
    public long? ChangeAfter(long instant) =>
        IntervalAt(instant) is { HasEnd: true } interval ? TicksOf(interval.End) : null;

    private NodaTime.TimeZones.ZoneInterval IntervalAt(long instant) =>
        zone.GetZoneInterval(Instant.FromUnixTimeTicks(Math.Clamp(instant, Earliest, Latest) - UnixEpoch));

    private static long TicksOf(Instant instant) => instant.ToUnixTimeTicks() + UnixEpoch;
}
