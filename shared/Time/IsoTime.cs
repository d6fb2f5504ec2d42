using System.Globalization;
using System.Text.RegularExpressions;

namespace Loyalty.Time;

/// <summary>
/// A time as ISO 8601 writes it: <c>2026-02-28T12:30:00Z</c>, with another offset, without any, or a day alone, which
/// means its beginning. What names no offset is the wall-clock time of a zone that is known elsewhere.
/// </summary>
public readonly partial record struct IsoTime(DateTime Clock, TimeSpan? Offset)
{
    private static readonly TimeSpan FurthestOffset = TimeSpan.FromHours(14);

    /// <summary>Whether it is an instant of the calendar in whatever zone it is read.</summary>
    public bool IsInCalendar => Clock.Year is > 1 and < 9999;

    /// <summary>
    /// The instant, in UTC. See <see cref="Zone.At(DateTime)"/> for times that the zone's clock shows twice or skips.
    /// </summary>
    public DateTimeOffset In(Zone zone) =>
        Offset is { } offset ? Calendar.ToInstant(Clock.Ticks - offset.Ticks) : zone.At(Clock);

    /// <summary>The same time with its offset, which is that of UTC.</summary>
    public IsoTime AsInstant(Zone zone) => new(In(zone).DateTime, TimeSpan.Zero);

    public static bool TryParse(string? text, out IsoTime time)
    {
        time = default;
        if (text is not { Length: <= 64 } || Pattern().Match(text) is not { Success: true } match)
            return false;
        var (hour, minute, second) = (Number("hour"), Number("minute"), Number("second"));
        if (!IsoDate.TryParse(match.Groups["day"].Value, out var day) || hour > 23 || minute > 59 || second > 59)
            return false;
        var fraction = Fractions.TicksOf(match.Groups["fraction"].ValueSpan);
        var clock = day.ToDateTime(new TimeOnly(hour, minute, second)).AddTicks(fraction);
        time = new IsoTime(clock, OffsetOf(match.Groups["offset"].ValueSpan));
        return time.Offset is not { } offset
            || offset.Duration() <= FurthestOffset && InCalendar(clock.Ticks - offset.Ticks);

        int Number(string group) => match.Groups[group] is { Success: true } digits ? Digits(digits.ValueSpan) : 0;
    }

    /// <summary>The time that a text stands for; null if it is none, or lies beyond the ends of the calendar.</summary>
    public static IsoTime? Read(string? text) => TryParse(text, out var time) ? time : null;

    /// <summary>
    /// The instant that a text stands for, read in a zone where it names no offset; null if it is none.
    /// </summary>
    public static DateTimeOffset? Read(string? text, Zone zone) => TryParse(text, out var time) ? time.In(zone) : null;

    /// <summary>As ISO 8601: in UTC with a <c>Z</c>, or without any offset.</summary>
    public override string ToString() => Offset is null ? Print(Clock) : $"{Print(In(Zone.Utc).UtcDateTime)}Z";

    /// <summary>An instant as ISO 8601 in UTC.</summary>
    public static string Print(DateTimeOffset instant) => $"{Print(instant.UtcDateTime)}Z";

    private static string Print(DateTime clock) =>
        clock.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static TimeSpan? OffsetOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return null;
        if (text is "Z")
            return TimeSpan.Zero;
        var length = new TimeSpan(Digits(text[1..3]), text.Length > 3 ? Digits(text[^2..]) : 0, 0);
        return text[0] == '-' ? -length : length;
    }

    private static int Digits(ReadOnlySpan<char> text) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool InCalendar(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;

    [GeneratedRegex(
        @"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(T(?<hour>[0-9]{2}):(?<minute>[0-9]{2})"
        + @"(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,18}))?)?(?<offset>Z|[-+][0-9]{2}(:?[0-5][0-9])?)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
