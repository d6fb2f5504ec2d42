using System.Globalization;
using FsCheck.Xunit;
using Loyalty.Time;
using static Loyalty.Tests.Time.Moments;

namespace Loyalty.Tests.Time;

public sealed class ZoneTests
{
    [Theory]
    [InlineData("Europe/Warsaw", true), InlineData("UTC", true), InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Asia/Calcutta", true)]
    [InlineData("europe/warsaw", false), InlineData("UTC+3", false)]
    [InlineData("Central European Standard Time", false), InlineData("", false)]
    [InlineData(" UTC", false), InlineData(null, false), InlineData("Europe/Atlantis", false)]
    public void A_zone_has_a_name_of_the_IANA_database(string? id, bool isZone)
    {
        Assert.Equal(isZone, Zone.TryFind(id, out var zone));
        Assert.Equal(isZone ? id : null, zone?.Id);
    }

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-01T22:59:59Z", "2026-03-01")]
    [InlineData("Europe/Warsaw", "2026-03-01T23:00:00Z", "2026-03-02")]
    [InlineData("Europe/Warsaw", "2026-07-01T22:00:00Z", "2026-07-02")]
    [InlineData("America/New_York", "2026-03-02T04:59:59Z", "2026-03-01")]
    [InlineData("Pacific/Kiritimati", "2026-03-01T10:00:00Z", "2026-03-02")]
    // The clock was turned back from 00:01 to 23:01: Sunday had begun.
    [InlineData("America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-07")]
    [InlineData("America/St_Johns", "2010-11-07T03:00:00Z", "2010-11-07")]
    public void An_instant_falls_on_the_day_that_has_begun(string zone, string instant, string day) =>
        Assert.Equal(Day(day), Zone.Of(zone).DayOf(At(instant)));

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-30", "2026-03-29T22:00:00Z")]
    // Midnight is skipped.
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z")]
    // Midnight comes twice.
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z")]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z")]
    // The whole day is skipped.
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z")]
    // The ends of the calendar.
    [InlineData("Asia/Tokyo", "0001-01-01", "0001-01-01T00:00:00Z")]
    public void A_day_begins_when_the_clock_first_shows_it(string zone, string day, string instant) =>
        Assert.Equal(At(instant), Zone.Of(zone).StartOf(Day(day)));

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-01T09:00", "2026-03-01T08:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-07-01T09:00", "2026-07-01T07:00:00Z")]
    [InlineData("America/New_York", "2026-03-01T18:00", "2026-03-01T23:00:00Z")]
    [InlineData("Pacific/Auckland", "2026-03-01T09:00", "2026-02-28T20:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-01T12:00", "2026-03-01T06:15:00Z")]
    // The time is skipped: the moment of the change.
    [InlineData("Europe/Warsaw", "2026-03-29T02:30", "2026-03-29T01:00:00Z")]
    [InlineData("America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24T00:00", "2026-04-23T22:00:00Z")]
    // The time comes twice: the first.
    [InlineData("Europe/Warsaw", "2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    [InlineData("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z")]
    // The whole day was skipped.
    [InlineData("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T10:00:00Z")]
    public void A_wall_clock_time_is_one_instant(string zone, string clock, string instant) =>
        Assert.Equal(At(instant), Zone.Of(zone).At(DateTime.Parse(clock, CultureInfo.InvariantCulture)));

    /// <summary>Everything else follows from this: days, hours, and periods that never move back.</summary>
    [Property(MaxTest = 2000)]
    public void A_time_is_reached_exactly_where_the_clock_has_come_so_far(uint place, int seed)
    {
        var (zone, random) = (AnyZone(place), new Random(seed));
        var instant = AnyInstant(random, zone);
        var time = instant.Ticks + random.Next(-30 * 60, 30 * 60) * TimeSpan.TicksPerMinute;

        var (first, reading) = (zone.Clock.First(time), zone.Clock.Reading(instant.Ticks));

        Assert.Equal(first <= instant.Ticks, time <= reading);
        Assert.True(zone.Clock.Showing(first) >= time);
        Assert.True(zone.Clock.Reading(first - 1) < time);
        Assert.True(zone.Clock.Reading(first - 1) <= zone.Clock.Reading(first));
        // Note: looked for minute by minute over the hours in which a clock could have jumped.
        for (var minute = 1; minute <= 27 * 60; minute++)
            Assert.True(zone.Clock.Showing(first - minute * TimeSpan.TicksPerMinute) < time);
    }

    [Property(MaxTest = 2000)]
    public void Days_follow_each_other_without_a_gap_and_each_instant_lies_in_its_own(uint place, int seed)
    {
        var zone = AnyZone(place);
        var instant = AnyInstant(new Random(seed), zone);

        var day = zone.DayOf(instant);

        Assert.True(zone.StartOf(day) <= instant && instant < zone.EndOf(day));
        Assert.Equal(zone.EndOf(day), zone.StartOf(day.AddDays(1)));
        Assert.True(zone.StartOf(day) == zone.EndOf(day.AddDays(-1)));
        Assert.Equal(day, zone.DayOf(zone.StartOf(day)));
        Assert.Equal(zone.StartOf(day), zone.At(day.ToDateTime(TimeOnly.MinValue)));
        Assert.True(zone.DayOf(instant.AddMinutes(-90)) <= day && day <= zone.DayOf(instant.AddMinutes(90)));
    }

    [Property(MaxTest = 1000)]
    public void The_last_and_the_next_time_of_a_day_lie_around_an_instant(uint place, int seed, byte hour)
    {
        var (zone, random) = (AnyZone(place), new Random(seed));
        var (instant, time) = (AnyInstant(random, zone), new TimeOnly(hour % 24, random.Next(2) * 30));

        var (last, next) = (zone.LastAt(time, instant), zone.NextAt(time, instant));

        Assert.True(last <= instant && instant <= next);
        Assert.InRange(next - last, TimeSpan.Zero, TimeSpan.FromHours(49));
        Assert.True(last == next || zone.NextAt(time, last.AddTicks(1)) == next);
        Assert.True(last == next || zone.LastAt(time, next.AddTicks(-1)) == last);
    }

    /// <summary>
    /// Note: there a zone's day or hour can lie beyond the calendar; what lies nearest within it stands for it.
    /// </summary>
    [Theory]
    [InlineData("Etc/GMT+12"), InlineData("Pacific/Kiritimati"), InlineData("Europe/Warsaw")]
    public void The_ends_of_the_calendar_are_no_fault(string id)
    {
        var zone = Zone.Of(id);
        foreach (var instant in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            Assert.True(zone.StartOf(zone.DayOf(instant)) <= zone.EndOf(zone.DayOf(instant)));
            Assert.True(zone.LastAt(new TimeOnly(9, 0), instant) <= instant);
            Assert.True(zone.NextAt(new TimeOnly(9, 0), instant) >= instant);
            Assert.InRange(zone.ClockAt(instant), DateTime.MinValue, DateTime.MaxValue);
        }
    }
}
