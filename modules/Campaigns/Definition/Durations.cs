using System.Xml;

namespace Loyalty.Campaigns;

/// <summary>ISO 8601 durations such as <c>P14D</c>.</summary>
internal static class Durations
{
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
