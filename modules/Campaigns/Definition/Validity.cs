using Loyalty.Time;

namespace Loyalty.Campaigns;

/// <summary>How long something is valid, or how long before its end somebody is told: an ISO 8601 duration.</summary>
internal static class Validity
{
    /// <summary>A hundred years.</summary>
    private const double LongestDays = 36_525;

    /// <summary>
    /// Whether the text is a duration of something: more than nothing, and not so long that the calendar ends before it
    /// does.
    /// </summary>
    public static bool IsLength(string text) =>
        CalendarPeriod.TryParse(text, out var period) && period is { IsPositive: true, AverageDays: <= LongestDays };

    public static DateTimeOffset? After(DateTimeOffset start, string? duration, Zone zone) =>
        CalendarPeriod.Read(duration)?.AddTo(start, zone);
}
