using System.Globalization;
using FsCheck.Xunit;
using Loyalty.Campaigns;
using Loyalty.Time;

namespace Loyalty.Tests.Campaigns;

public sealed class NoticeTimesTests
{
    private static readonly string[] Zones = ["Europe/Warsaw", "America/New_York", "Pacific/Auckland"];
    private static readonly DateTimeOffset Given = At("2026-03-01T10:00:00Z");

    [Theory]
    [InlineData("2026-03-15T10:00:00Z", "P1D", null, "2026-03-14T10:00:00Z")]
    [InlineData("2026-03-15T10:00:00Z", "P1D", "Morning", "2026-03-14T08:00:00Z")]
    // 15:00 in Warsaw would be later than a day before, so it is the day before that.
    [InlineData("2026-03-15T10:00:00Z", "P1D", "Afternoon", "2026-03-13T14:00:00Z")]
    [InlineData("2026-03-15T10:00:00Z", "PT2H", "Morning", "2026-03-15T08:00:00Z")]
    // Over the change to summer time the hour on the wall stays.
    [InlineData("2026-03-31T10:00:00Z", "P1D", "Morning", "2026-03-30T07:00:00Z")]
    [InlineData("2026-03-29T06:30:00Z", "PT2H", "Morning", "2026-03-28T08:00:00Z")]
    // That morning lies before the coupon: the time itself.
    [InlineData("2026-03-02T20:00:00Z", "P1D", "Morning", "2026-03-01T20:00:00Z")]
    // A coupon that is valid for less than that has no such time.
    [InlineData("2026-03-02T09:00:00Z", "P1D", null, null)]
    [InlineData("9999-12-31T23:59:59Z", "P1D", "Morning", "9999-12-30T08:00:00Z")]
    // A month is one of the calendar.
    [InlineData("2026-05-15T10:00:00Z", "P1M", null, "2026-04-15T10:00:00Z")]
    [InlineData("2026-05-31T10:00:00Z", "P1M", null, "2026-04-30T22:00:00Z")]
    [InlineData("2026-05-15T10:00:00Z", "P2W", "Morning", "2026-05-01T07:00:00Z")]
    public void A_coupon_s_notification_is_due_so_long_before_or_at_the_last_such_hour(string expiry, string before, string? part, string? expected)
    {
        var definition = new CouponExpirationNotificationDefinition { Title = "t", Message = "m", Before = before, DayPart = Part(part) };

        Assert.Equal(expected is null ? null : At(expected), NoticeTimes.BeforeExpiry(At(expiry), Given, definition.Before, definition.DayPart, Zone.Of("Europe/Warsaw")));
    }

    [Theory]
    [InlineData("Europe/Warsaw", null, "2026-03-01T10:00:00Z")]
    [InlineData("Europe/Warsaw", "Noon", "2026-03-01T11:00:00Z")]
    [InlineData("Europe/Warsaw", "Morning", "2026-03-02T08:00:00Z")]
    [InlineData("America/Los_Angeles", "Morning", "2026-03-01T17:00:00Z")]
    [InlineData("Pacific/Auckland", "Morning", "2026-03-01T20:00:00Z")]
    public void A_join_s_notification_is_due_at_once_or_at_the_next_such_hour(string zone, string? part, string expected)
    {
        var notice = Notice(NoticeKind.DynamicJoin, Given, Given);
        var definition = new DynamicJoinNotificationDefinition { Title = "t", Message = "m", DayPart = Part(part) };

        Assert.Equal(At(expected), NoticeTimes.DueOf(notice, definition, Zone.Of(zone)));
    }

    [Property(MaxTest = 300)]
    public void A_coupon_s_notification_is_never_late_and_never_before_the_coupon(uint validMinutes, uint beforeMinutes, byte part, byte zone)
    {
        var expiry = Given.AddMinutes(validMinutes % 1_000_000);
        var before = TimeSpan.FromMinutes(1 + beforeMinutes % 100_000);
        var definition = new CouponExpirationNotificationDefinition
        {
            Title = "t",
            Message = "m",
            Before = CalendarPeriod.Of(before).ToString(),
            DayPart = (DayPart)(part % 4),
        };

        var due = NoticeTimes.BeforeExpiry(expiry, Given, definition.Before, definition.DayPart, Zone.Of(Zones[zone % Zones.Length]));

        if (expiry - before < Given)
            Assert.Null(due);
        else
            Assert.InRange(due!.Value, Given, expiry - before);
    }

    internal static Notice Notice(NoticeKind kind, DateTimeOffset occasion, DateTimeOffset from, string which = "join 1") => new()
    {
        Id = "n1",
        Tenant = Campaigns.Given.Tenant,
        Campaign = "spring",
        Kind = kind,
        Occasion = occasion,
        From = from,
        Which = which,
    };

    private static DayPart? Part(string? name) => name is null ? null : Enum.Parse<DayPart>(name);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
