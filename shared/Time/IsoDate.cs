using System.Globalization;

namespace Loyalty.Time;

/// <summary>A day as ISO 8601 writes it: <c>2026-02-28</c>.</summary>
public static class IsoDate
{
    private const string Format = "yyyy-MM-dd";

    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>The day that a text stands for; null if it is none.</summary>
    public static DateOnly? Read(string? text) => TryParse(text, out var day) ? day : null;

    public static string Print(DateOnly day) => day.ToString(Format, CultureInfo.InvariantCulture);
}
