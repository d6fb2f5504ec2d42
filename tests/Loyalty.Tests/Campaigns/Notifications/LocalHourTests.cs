using System.Globalization;
using FsCheck.Xunit;
using Loyalty.Campaigns;

namespace Loyalty.Tests.Campaigns;

/// <summary>Hours on the wall, in zones whose clocks jump.</summary>
public sealed class LocalHourTests
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Warsaw", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Apia", "Pacific/Honolulu", "Africa/Cairo", "Australia/Lord_Howe"];

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-01", "09:00", "2026-03-01T08:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-07-01", "09:00", "2026-07-01T07:00:00Z")]
    [InlineData("America/New_York", "2026-03-01", "18:00", "2026-03-01T23:00:00Z")]
    [InlineData("Pacific/Auckland", "2026-03-01", "09:00", "2026-02-28T20:00:00Z")]
    [InlineData("Asia/Kathmandu", "2026-03-01", "12:00", "2026-03-01T06:15:00Z")]
    // The hour is skipped: the moment after the change.
    [InlineData("Europe/Warsaw", "2026-03-29", "02:30", "2026-03-29T01:00:00Z")]
    [InlineData("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00:00Z")]
    // The hour comes twice: the first.
    [InlineData("Europe/Warsaw", "2026-10-25", "02:30", "2026-10-25T00:30:00Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45:00Z")]
    // The whole day was skipped.
    [InlineData("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00:00Z")]
    public void A_time_of_day_is_one_instant(string zone, string day, string hour, string expected) => Assert.Equal(
        At(expected), LocalHour.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(hour, CultureInfo.InvariantCulture), Zone(zone)));

    [Property(MaxTest = 300)]
    public void It_is_the_first_minute_of_that_day_at_which_the_clock_has_come_so_far(ushort day, byte hour, byte zone)
    {
        var date = new DateOnly(2011, 1, 1).AddDays(day % 7000);
        var wanted = date.ToDateTime(new TimeOnly(hour % 24, 0));
        var place = Zone(Zones[zone % Zones.Length]);

        var found = LocalHour.Of(date, TimeOnly.FromDateTime(wanted), place);

        Assert.True(TimeZoneInfo.ConvertTime(found, place).DateTime >= wanted);
        // Note: looked for minute by minute over the hours in which a clock could have jumped.
        for (var minute = 1; minute <= 25 * 60; minute++)
            Assert.False(TimeZoneInfo.ConvertTime(found.AddMinutes(-minute), place).DateTime == wanted);
        if (TimeZoneInfo.ConvertTime(found, place).DateTime != wanted)
            Assert.True(TimeZoneInfo.ConvertTime(found.AddTicks(-1), place).DateTime < wanted);
    }

    [Property(MaxTest = 300)]
    public void The_last_hour_until_and_the_next_hour_from_an_instant_lie_around_it_a_day_apart(int minutes, byte hour, byte zone)
    {
        var instant = new DateTimeOffset(2012, 6, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes((uint)minutes % 10_000_000);
        var (time, place) = (new TimeOnly(hour % 24, 0), Zone(Zones[zone % Zones.Length]));

        var (last, next) = (LocalHour.LastUntil(instant, time, place), LocalHour.NextFrom(instant, time, place));

        Assert.True(last <= instant && instant <= next);
        Assert.InRange(next - last, TimeSpan.Zero, TimeSpan.FromHours(25));
        Assert.True(last == next || LocalHour.NextFrom(last.AddTicks(1), time, place) == next);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
