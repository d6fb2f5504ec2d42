using FsCheck.Xunit;
using Loyalty.Time;
using static Loyalty.Tests.Time.Moments;

namespace Loyalty.Tests.Time;

public sealed class CalendarPeriodTests
{
    [Theory]
    [InlineData("P1D", "P1D"), InlineData("P2W", "P14D"), InlineData("P1W2D", "P9D"), InlineData("P1Y2M", "P1Y2M")]
    [InlineData("P14M", "P1Y2M")]
    [InlineData("PT36H", "P1DT12H"), InlineData("PT1.5S", "PT1.5S"), InlineData("PT1,25S", "PT1.25S")]
    [InlineData("-P30D", "-P30D"), InlineData("+P1M", "P1M")]
    [InlineData("P0D", "PT0S"), InlineData("-PT0S", "PT0S")]
    [InlineData("P1Y2M3W4DT5H6M7.0000001S", "P1Y2M25DT5H6M7.0000001S"), InlineData("PT0.00000009S", "PT0S")]
    [InlineData("P9999Y", "P9999Y"), InlineData("P10675199D", "P10675199D")]
    public void An_ISO_duration_is_read_and_written(string text, string written) =>
        Assert.Equal(written, CalendarPeriod.Read(text)?.ToString());

    [Theory]
    [InlineData(""), InlineData("P"), InlineData("PT"), InlineData("P1DT"), InlineData("1D"), InlineData("P1")]
    [InlineData("P1H"), InlineData("PT1D"), InlineData("P1S")]
    [InlineData("p1d"), InlineData("P1d"), InlineData(" P1D"), InlineData("P1D "), InlineData("P1D\n")]
    [InlineData("P-1D"), InlineData("P1.5D"), InlineData("PT1.S"), InlineData("--P1D")]
    [InlineData("P١D"), InlineData("P1D2W"), InlineData("P1M1Y"), InlineData("P99999999999999999999D")]
    [InlineData("P999999999999D"), InlineData("P10001Y"), InlineData("P1DT1H1D"), InlineData(null)]
    public void What_is_no_ISO_duration_is_refused(string? text) => Assert.Null(CalendarPeriod.Read(text));

    [Property(MaxTest = 1000)]
    public void What_is_written_reads_as_the_same(int seed)
    {
        var period = AnyPeriod(new Random(seed));

        Assert.Equal(period, CalendarPeriod.Read(period.ToString()));
        Assert.Equal(period, period.Negate().Negate());
        Assert.Equal(period.IsPositive, period.Negate().IsNegative);
    }

    [Theory]
    // Days are 24 hours, months go by the calendar.
    [InlineData("Europe/Warsaw", "2026-03-28T11:00:00Z", "P1D", "2026-03-29T11:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-28T11:00:00Z", "P1M", "2026-04-28T10:00:00Z")]
    [InlineData("UTC", "2026-01-15T10:00:00Z", "P1M", "2026-02-15T10:00:00Z")]
    [InlineData("UTC", "2026-01-15T10:00:00Z", "P1Y1M1DT1H", "2027-02-16T11:00:00Z")]
    [InlineData("UTC", "2024-02-29T10:00:00Z", "P4Y", "2028-02-29T10:00:00Z")]
    // Where the month is too short: the end of its last day.
    [InlineData("UTC", "2026-01-28T23:59:00Z", "P1M", "2026-02-28T23:59:00Z")]
    [InlineData("UTC", "2026-01-29T10:00:00Z", "P1M", "2026-03-01T00:00:00Z")]
    [InlineData("UTC", "2026-01-31T10:00:00Z", "P1M", "2026-03-01T00:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-01-31T10:00:00Z", "P1M", "2026-02-28T23:00:00Z")]
    [InlineData("UTC", "2026-03-31T10:00:00Z", "-P1M", "2026-03-01T00:00:00Z")]
    [InlineData("UTC", "2026-04-01T00:00:00Z", "-P1M", "2026-03-01T00:00:00Z")]
    [InlineData("UTC", "2024-02-29T10:00:00Z", "P1Y", "2025-03-01T00:00:00Z")]
    // A month of the tenant, not of UTC: there it is the first already.
    [InlineData("Pacific/Auckland", "2026-01-31T12:00:00Z", "P1M", "2026-02-28T12:00:00Z")]
    public void What_lies_a_period_away(string zone, string instant, string period, string expected) =>
        Assert.Equal(At(expected), CalendarPeriod.Read(period)!.Value.AddTo(At(instant), Zone.Of(zone)));

    [Theory]
    [InlineData("9999-12-15T00:00:00Z", "P1M"), InlineData("0001-01-15T00:00:00Z", "-P1M")]
    [InlineData("2026-01-01T00:00:00Z", "P9999Y"), InlineData("2026-01-01T00:00:00Z", "-P10675199D")]
    public void Beyond_the_calendar_lies_nothing(string instant, string period) =>
        Assert.Null(CalendarPeriod.Read(period)!.Value.AddTo(At(instant), Zone.Of("Europe/Warsaw")));

    [Property(MaxTest = 3000)]
    public void What_lies_a_period_away_never_moves_back_as_time_goes_on(uint place, int seed)
    {
        var (zone, random) = (AnyZone(place), new Random(seed));
        var (period, now) = (AnyPeriod(random), AnyInstant(random, zone));
        var later = now.AddSeconds(random.Next(0, 400_000));

        Assert.True(period.AddTo(now, zone) <= period.AddTo(later, zone));
    }

    [Property(MaxTest = 3000)]
    public void What_lies_a_period_away_reaches_a_target_at_the_instant_that_is_computed(uint place, int seed)
    {
        var (zone, random) = (AnyZone(place), new Random(seed));
        var (period, target) = (AnyPeriod(random), AnyInstant(random, zone));

        var first = period.FirstReaching(target, zone)!.Value;

        Assert.True(period.AddTo(first, zone) >= target);
        Assert.True(period.AddTo(first.AddTicks(-1), zone) < target);
    }

    [Property(MaxTest = 300)]
    public void The_turns_that_are_computed_are_those_that_are_found_by_looking_at_every_minute(uint place, int seed)
    {
        var (zone, random) = (AnyZone(place), new Random(seed));
        var (period, field) = (AnyPeriod(random), AnyInstant(random, zone));
        field = new DateTimeOffset(field.Ticks - field.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var around = period.FirstReaching(field, zone)!.Value;
        var from = around.AddTicks(-(around.Ticks % TimeSpan.TicksPerMinute)).AddHours(-20);
        DateTimeOffset[] turns = [.. period.TurnsFor(field, zone)];

        var found = Enumerable.Range(1, 40 * 60).Select(minute => from.AddMinutes(minute))
            .Where(now => Order(now) != Order(now.AddMinutes(-1)))
            .Select(now => now.AddMinutes(-1)).ToArray();

        Assert.All(found, minute => Assert.Contains(turns, turn => turn > minute && turn <= minute.AddMinutes(1)));
        Assert.All(
            turns.Where(turn => turn > from && turn <= from.AddHours(40)),
            turn => Assert.NotEqual(Order(turn.AddTicks(-1)), Order(turn)));

        int? Order(DateTimeOffset now) => period.AddTo(now, zone) is { } boundary
            ? field.ToUnixTimeMilliseconds().CompareTo(boundary.ToUnixTimeMilliseconds())
            : null;
    }

    [Theory]
    [InlineData("P400Y"), InlineData("-P400Y"), InlineData("P146000D"), InlineData("-P146000D")]
    public void Coming_into_the_calendar_and_leaving_it_are_turns(string text)
    {
        var (period, zone) = (CalendarPeriod.Read(text)!.Value, Zone.Of("Europe/Warsaw"));

        var turns = period.TurnsFor(At("2026-01-01T00:00:00Z"), zone).ToArray();

        Assert.Equal(3, turns.Length);
        Assert.Single(turns, turn => period.AddTo(turn, zone) is null != period.AddTo(turn.AddTicks(-1), zone) is null);
    }
}
