using Loyalty.Campaigns.Contracts;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("2026-03-01T19:59:59Z", null)]
    [InlineData("2026-03-01T20:00:00Z", "2026-03-02T07:00:00Z")]
    [InlineData("2026-03-02T06:59:59Z", "2026-03-02T07:00:00Z")]
    [InlineData("2026-03-02T07:00:00Z", null)]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T06:00:00Z")]
    [InlineData("2026-10-24T22:30:00Z", "2026-10-25T07:00:00Z")]
    public void Nothing_is_sent_before_they_end_by_the_clock_of_the_zone(string now, string? end) => Assert.Equal(
        IsoTime.Read(end, Zone.Utc), new QuietHours("21:00", "08:00").EndAfter(IsoTime.Read(now, Zone.Utc)!.Value, Zone.Of("Europe/Warsaw")));
}
