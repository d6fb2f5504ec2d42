using System.Xml;

namespace Loyalty.Campaigns;

/// <summary>ISO 8601 durations such as <c>P14D</c>.</summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36525);

    /// <summary>Whether the text is a duration of something: more than nothing, and not so long that the calendar ends before it does.</summary>
    public static bool IsLength(string text) => Read(text) is { } length && length > TimeSpan.Zero && length <= Longest;

    public static TimeSpan? Read(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return null;
        }
    }

    public static DateTimeOffset? After(DateTimeOffset start, string? duration) =>
        duration is null || Read(duration) is not { } length ? null : start + length;
}
