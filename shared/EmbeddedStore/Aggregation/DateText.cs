using System.Globalization;
using System.Text;

namespace EmbeddedStore.Aggregation;

/// <summary>Dates by $dateToString's format specifiers (manual: "$dateToString, Format Specifiers").</summary>
internal static class DateText
{
    public static string Format(string format, long milliseconds, TimeSpan offset)
    {
        var date = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToOffset(offset);
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
                text.Append(format[i]);
            else if (++i < format.Length)
                text.Append(Part(format[i], date));
            else
                throw CommandException.Location(18535, "Unmatched '%' at end of format string");
        }

        return text.ToString();
    }

    /// <summary>Refuses a format when it is parsed, not when the first date comes.</summary>
    public static void Check(string format) => Format(format, 0, TimeSpan.Zero);

    private static string Part(char specifier, DateTimeOffset date) => specifier switch
    {
        '%' => "%",
        'Y' => Digits(date.Year, 4),
        'm' => Digits(date.Month, 2),
        'd' => Digits(date.Day, 2),
        'H' => Digits(date.Hour, 2),
        'M' => Digits(date.Minute, 2),
        'S' => Digits(date.Second, 2),
        'L' => Digits(date.Millisecond, 3),
        'j' => Digits(date.DayOfYear, 3),
        'w' => Digits((int)date.DayOfWeek + 1, 1),
        'u' => Digits(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1),
        'G' => Digits(ISOWeek.GetYear(date.DateTime), 4),
        'V' => Digits(ISOWeek.GetWeekOfYear(date.DateTime), 2),
        'U' => Digits((date.DayOfYear - 1 + 7 - (int)date.DayOfWeek) / 7, 2),
        'z' => date.Offset.ToString(date.Offset < TimeSpan.Zero ? "'-'hhmm" : "'+'hhmm", CultureInfo.InvariantCulture),
        'Z' => Digits((int)date.Offset.TotalMinutes, 1),
        _ => throw CommandException.Location(18536, $"Invalid format character '%{specifier}' in format string"),
    };

    private static string Digits(int number, int count) => number.ToString($"D{count}", CultureInfo.InvariantCulture);
}
