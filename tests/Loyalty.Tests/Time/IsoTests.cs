using FsCheck.Xunit;
using Loyalty.Time;
using static Loyalty.Tests.Time.Moments;

namespace Loyalty.Tests.Time;

public sealed class IsoTests
{
    [Theory]
    [InlineData("2026-02-28T12:30:00Z", "2026-02-28T12:30:00Z")]
    [InlineData("2026-02-28T12:30:00.1234567Z", "2026-02-28T12:30:00.1234567Z")]
    [InlineData("2026-02-28T12:30:00,5+02:00", "2026-02-28T10:30:00.5Z")]
    [InlineData("2026-02-28T12:30:00.123456789-0330", "2026-02-28T16:00:00.1234567Z")]
    [InlineData("2026-02-28T12:30+02", "2026-02-28T10:30:00Z")]
    // Without an offset: as the zone's clock shows it.
    [InlineData("2026-02-28T12:30:00", "2026-02-28T11:30:00Z")]
    [InlineData("2026-07-28T12:30", "2026-07-28T10:30:00Z")]
    // A day is its beginning.
    [InlineData("2026-02-28", "2026-02-27T23:00:00Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T22:59:59.9999999Z")]
    public void An_ISO_time_is_read_in_a_zone_where_it_names_no_offset(string text, string instant) =>
        Assert.Equal(At(instant), IsoTime.Read(text, Zone.Of("Europe/Warsaw")));

    [Theory]
    [InlineData(""), InlineData(null), InlineData("2026"), InlineData("2026-2-8"), InlineData("28.02.2026")]
    [InlineData("02/28/2026"), InlineData("2026-02-29"), InlineData("2026-02-28 12:30:00")]
    [InlineData("2026-02-28t12:30:00z"), InlineData("2026-02-28T24:00:00"), InlineData("2026-02-28T12:60")]
    [InlineData("2026-02-28T12:30:60Z"), InlineData("2026-02-28T12"), InlineData("2026-02-28Z")]
    [InlineData("2026-02-28T12:30:00+15:00"), InlineData("2026-02-28T12:30:00+02:60")]
    [InlineData("2026-02-28T12:30:00 +02:00"), InlineData("2026-02-28T12:30:00Z\n"), InlineData("٢٠٢٦-02-28")]
    [InlineData("0001-01-01T00:00:00+01:00"), InlineData("9999-12-31T23:59:59-01:00"), InlineData("Sat, 28 Feb 2026")]
    [InlineData("2026-02-28T12:30:00."), InlineData("12026-02-28")]
    public void What_is_no_ISO_time_is_refused(string? text) => Assert.Null(IsoTime.Read(text));

    [Theory]
    [InlineData("2026-02-28", true), InlineData("2024-02-29", true), InlineData("2026-02-29", false)]
    [InlineData("2026-2-28", false), InlineData("2026-02-28T00:00", false), InlineData(" 2026-02-28", false)]
    public void A_day_has_one_way_to_be_written(string text, bool isDay)
    {
        Assert.Equal(isDay, IsoDate.TryParse(text, out var day));
        Assert.True(!isDay || IsoDate.Print(day) == text);
    }

    [Property(MaxTest = 1000)]
    public void What_is_written_reads_as_the_same(int seed, uint place)
    {
        var zone = AnyZone(place);
        var instant = AnyInstant(new Random(seed), zone);
        var clock = new IsoTime(zone.ClockAt(instant), null);

        Assert.Equal(instant, IsoTime.Read(IsoTime.Print(instant), zone));
        Assert.Equal(clock, IsoTime.Read(clock.ToString()));
        Assert.Equal(zone.At(clock.Clock), clock.In(zone));
    }
}
