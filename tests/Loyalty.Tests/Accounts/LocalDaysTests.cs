using System.Globalization;
using Loyalty.Accounts.Contracts;

namespace Loyalty.Tests.Accounts;

public sealed class LocalDaysTests
{
    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-01T22:59:59Z", "2026-03-01")]
    [InlineData("Europe/Warsaw", "2026-03-01T23:00:00Z", "2026-03-02")]
    [InlineData("Europe/Warsaw", "2026-07-01T22:00:00Z", "2026-07-02")]
    [InlineData("America/New_York", "2026-03-02T04:59:59Z", "2026-03-01")]
    [InlineData("Pacific/Kiritimati", "2026-03-01T10:00:00Z", "2026-03-02")]
    public void An_instant_falls_on_the_day_that_the_clock_shows_there(string zone, string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day, CultureInfo.InvariantCulture), Zone(zone).DayOf(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-29", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-30", "2026-03-29T22:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    public void A_day_begins_when_the_clock_first_shows_it(string zone, string day, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), Zone(zone).StartOf(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
