using System.Globalization;

namespace EmbeddedStore.Aggregation;

/// <summary>A time zone as MongoDB names it: an Olson name, UTC, GMT, or an offset such as +05:30.</summary>
internal static class Zone
{
    private static readonly string[] Offsets = ["hh\\:mm", "hhmm", "hh"];

    public static TimeZoneInfo Find(string name)
    {
        if (name is "UTC" or "GMT" or "Z")
            return TimeZoneInfo.Utc;
        if (name is ['+' or '-', ..] && TimeSpan.TryParseExact(name[1..], Offsets, CultureInfo.InvariantCulture, out var offset))
            return TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name);
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw CommandException.Location(40485, $"unrecognized time zone identifier: \"{name}\"");
    }
}
