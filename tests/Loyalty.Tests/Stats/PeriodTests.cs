using System.Globalization;
using Loyalty.Stats;

namespace Loyalty.Tests.Stats;

public sealed class PeriodTests
{
    [Theory]
    [InlineData(null, null, 30, "2026-02-28")]
    [InlineData("2026-02-28", null, 1, "2026-02-28")]
    [InlineData("2026-01-01", "2026-01-31", 31, "2026-01-31")]
    [InlineData(null, "2024-03-01", 30, "2024-03-01")]
    [InlineData("2024-02-28", "2024-03-01", 3, "2024-03-01")]
    [InlineData(null, "0001-01-05", 5, "0001-01-05")]
    [InlineData("9999-12-31", "9999-12-31", 1, "9999-12-31")]
    [InlineData("2024-01-01", "2025-12-31", 731, "2025-12-31")]
    public void A_period_has_every_day_from_the_first_to_the_last(string? from, string? to, int days, string last)
    {
        var period = Period.Of(Day(from), Day(to), new DateOnly(2026, 2, 28));

        Assert.Null(period.Fault);
        Assert.Equal(days, period.Days.Count());
        Assert.Equal(Day(last), period.Days.Last());
        Assert.Equal(period.Days.Order().Distinct(), period.Days);
    }

    [Theory]
    [InlineData("2026-03-01", null, "after")]
    [InlineData("2026-01-02", "2026-01-01", "after")]
    [InlineData("2024-01-01", "2026-01-01", "731")]
    [InlineData("0001-01-01", null, "731")]
    public void A_period_that_cannot_be_answered_is_refused(string? from, string? to, string why) =>
        Assert.Contains(why, Period.Of(Day(from), Day(to), new DateOnly(2026, 2, 28)).Fault, StringComparison.Ordinal);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
