namespace Loyalty.Time;

/// <summary>
/// Days and months of the Gregorian calendar in ticks since the beginning of the year 1, also beyond what a DateTime
/// can hold.
/// </summary>
internal static class Calendar
{
    private const long DaysIn400Years = 146_097;

    /// <summary>
    /// How many months lie between the beginning of the year 1 and this time, and what of its month has passed.
    /// </summary>
    public static (long Month, long Ticks) Split(long time)
    {
        var cycle = Math.DivRem(time, DaysIn400Years * TimeSpan.TicksPerDay, out var within);
        if (within < 0)
            (cycle, within) = (cycle - 1, within + DaysIn400Years * TimeSpan.TicksPerDay);
        var date = new DateTime(within);
        return (cycle * 4800 + (date.Year - 1) * 12 + date.Month - 1, within - StartOfMonth(date.Year, date.Month));
    }

    public static long StartOf(long month)
    {
        var cycle = Math.DivRem(month, 4800, out var within);
        if (within < 0)
            (cycle, within) = (cycle - 1, within + 4800);
        return cycle * DaysIn400Years * TimeSpan.TicksPerDay + StartOfMonth((int)within / 12 + 1, (int)within % 12 + 1);
    }

    public static long LengthOf(long month) => StartOf(month + 1) - StartOf(month);

    public static DateTime ToDateTime(long ticks) =>
        new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));

    public static DateTimeOffset ToInstant(long ticks) => new(ToDateTime(ticks), TimeSpan.Zero);

    private static long StartOfMonth(int year, int month) => new DateTime(year, month, 1).Ticks;
}
