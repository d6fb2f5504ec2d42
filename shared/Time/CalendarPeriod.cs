using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Loyalty.Time;

/// <summary>
/// An ISO 8601 duration. Days are 24 hours and weeks seven of them; months and years go by the calendar of a zone.
/// Where a month is too short for the day, the end of its last day is meant, so that what lies a period away never
/// moves back as time goes on.
/// </summary>
public readonly partial record struct CalendarPeriod
{
    private const double DaysInAverageMonth = 365.2425 / 12;

    /// <summary>Ten thousand years: more than the calendar has.</summary>
    private const int MostMonths = 120_000;

    /// <summary>In ticks. Note: from any instant, <see cref="MostMonths"/> lead less far away.</summary>
    private const long Furthest = 7_000_000_000_000_000_000;

    private CalendarPeriod(long months, TimeSpan rest) => (Months, Rest) = (months, rest);

    public static CalendarPeriod Zero { get; }

    /// <summary>Years and months. Never of another sign than <see cref="Rest"/>.</summary>
    public long Months { get; }

    /// <summary>All that has a fixed length.</summary>
    public TimeSpan Rest { get; }

    public bool IsPositive => Months > 0 || Rest > TimeSpan.Zero;

    public bool IsNegative => Months < 0 || Rest < TimeSpan.Zero;

    /// <summary>How long it is when it has no months; null when it depends on the calendar.</summary>
    public TimeSpan? FixedLength => Months == 0 ? Rest : null;

    /// <summary>How many days it has on average, to compare with a limit.</summary>
    public double AverageDays => Months * DaysInAverageMonth + Rest.TotalDays;

    public static CalendarPeriod Of(TimeSpan length) => new(0, length);

    /// <summary>
    /// Reads an ISO 8601 duration: with or without a sign, weeks beside other parts, seconds with a fraction.
    /// </summary>
    public static bool TryParse(string? text, out CalendarPeriod period)
    {
        period = Zero;
        if (text is not { Length: <= 64 } || Pattern().Match(text) is not { Success: true } match)
            return false;
        var months = (Part("years") * 12) + Part("months");
        var hours = (Part("weeks") * 7 + Part("days")) * 24 + Part("hours");
        var seconds = hours * 3600 + Part("minutes") * 60 + Part("seconds");
        var ticks = seconds * TimeSpan.TicksPerSecond + Fractions.TicksOf(match.Groups["fraction"].ValueSpan);
        if (months > MostMonths || ticks > TimeSpan.MaxValue.Ticks)
            return false;
        period = new CalendarPeriod((long)months, new TimeSpan((long)ticks));
        if (match.Groups["sign"].ValueSpan is "-")
            period = period.Negate();
        return true;

        Int128 Part(string name) => match.Groups[name] is { Success: true } part
            ? Int128.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>The period that a text stands for; null if it is no ISO 8601 duration.</summary>
    public static CalendarPeriod? Read(string? text) => TryParse(text, out var period) ? period : null;

    public CalendarPeriod Negate() => new(-Months, -Rest);

    /// <summary>The instant that lies this far from another one; null beyond the ends of the calendar.</summary>
    public DateTimeOffset? AddTo(DateTimeOffset instant, Zone zone)
    {
        var ticks = (Int128)WithMonths(instant.UtcTicks, zone) + Rest.Ticks;
        return ticks >= 0 ? InCalendar(ticks) : null;
    }

    /// <summary>
    /// The first instant from which on what lies this far away is at or after the target. Null: that is so at no
    /// instant, or at all of them.
    /// </summary>
    public DateTimeOffset? FirstReaching(DateTimeOffset target, Zone zone) =>
        FirstReaching((Int128)target.UtcTicks, zone);

    /// <summary>
    /// The instants, in order, at which a comparison in milliseconds of a field with "this far from now" turns: when
    /// both become equal, a millisecond later, and when what lies this far from now comes into the calendar or leaves
    /// it.
    /// </summary>
    public IEnumerable<DateTimeOffset> TurnsFor(DateTimeOffset field, Zone zone)
    {
        var equal = (Int128)(field.UtcTicks - field.UtcTicks % TimeSpan.TicksPerMillisecond);
        var (period, place) = (this, zone);
        return new[] { equal, equal + TimeSpan.TicksPerMillisecond, (Int128)DateTimeOffset.MaxValue.Ticks + 1, 0 }
            .Select(target => period.FirstReaching(target, place)).OfType<DateTimeOffset>().Distinct().Order();
    }

    private DateTimeOffset? FirstReaching(Int128 target, Zone zone)
    {
        var ticks = target - Rest.Ticks;
        if (Months != 0)
        {
            // Note: no calendar reaches that far, and so no instant does.
            if (Int128.Abs(ticks) > Furthest)
                return null;
            ticks = zone.Clock.First(FirstMovedTo(zone.Clock.Reading((long)ticks - 1) + 1));
        }
        return ticks > 0 ? InCalendar(ticks) : null;
    }

    private static DateTimeOffset? InCalendar(Int128 ticks) =>
        ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : null;

    private long WithMonths(long instant, Zone zone) =>
        Months == 0 ? instant : zone.Clock.First(Moved(zone.Clock.Reading(instant)));

    /// <summary>The same day and time of another month, or the end of that month where it is too short.</summary>
    private long Moved(long time)
    {
        var (month, ticks) = Calendar.Split(time);
        return Calendar.StartOf(month + Months) + Math.Min(ticks, Calendar.LengthOf(month + Months));
    }

    /// <summary>The first time that is moved to the given one or a later one.</summary>
    private long FirstMovedTo(long time)
    {
        var (month, ticks) = Calendar.Split(time);
        // Note: the beginning of a month is the end of the one before, where the days end up that it is too short for.
        if (ticks == 0)
            (month, ticks) = (month - 1, Calendar.LengthOf(month - 1));
        return Calendar.StartOf(month - Months) + Math.Min(ticks, Calendar.LengthOf(month - Months));
    }

    /// <summary>As ISO 8601, such as <c>P1Y2M3DT4H5M6.7S</c>.</summary>
    public override string ToString()
    {
        if (this == Zero)
            return "PT0S";
        var (months, rest) = (Math.Abs(Months), Rest.Duration());
        var text = new StringBuilder(IsNegative ? "-P" : "P");
        Add(months / 12, 'Y');
        Add(months % 12, 'M');
        Add(rest.Days, 'D');
        if (rest.Ticks % TimeSpan.TicksPerDay != 0)
            text.Append('T');
        Add(rest.Hours, 'H');
        Add(rest.Minutes, 'M');
        if (rest.Ticks % TimeSpan.TicksPerMinute is > 0 and var seconds)
            text.Append(CultureInfo.InvariantCulture, $"{(decimal)seconds / TimeSpan.TicksPerSecond:0.#######}S");
        return text.ToString();

        void Add(long number, char unit)
        {
            if (number > 0)
                text.Append(number).Append(unit);
        }
    }

    [GeneratedRegex(
        @"^(?<sign>[-+])?P(?=[0-9T])((?<years>[0-9]{1,18})Y)?((?<months>[0-9]{1,18})M)?"
        + @"((?<weeks>[0-9]{1,18})W)?((?<days>[0-9]{1,18})D)?(T(?=[0-9])((?<hours>[0-9]{1,18})H)?"
        + @"((?<minutes>[0-9]{1,18})M)?((?<seconds>[0-9]{1,18})([.,](?<fraction>[0-9]{1,18}))?S)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
