namespace EmbeddedStore.Aggregation;

/// <summary>The start of the bin a date falls into; bins are counted from 2000-01-01 in the zone, weeks from the first of their weekday (manual: "$dateTrunc").</summary>
internal static class DateTruncation
{
    private const long MillisecondsADay = 86_400_000;
    private static readonly DateTime Reference = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    public static long Start(long moment, string unit, long bin, TimeZoneInfo zone, string startOfWeek)
    {
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(moment);
        var local = DateTime.SpecifyKind(instant.UtcDateTime + zone.GetUtcOffset(instant), DateTimeKind.Unspecified);
        var months = ((local.Year - 2000) * 12) + local.Month - 1;
        return unit switch
        {
            "year" => ToMoment(Reference.AddMonths((int)Floor(months, bin * 12)), zone),
            "quarter" => ToMoment(Reference.AddMonths((int)Floor(months, bin * 3)), zone),
            "month" => ToMoment(Reference.AddMonths((int)Floor(months, bin)), zone),
            "week" => Days(local, bin * 7, FirstWeek(startOfWeek), zone),
            "day" => Days(local, bin, Reference, zone),
            "hour" => Span(moment, bin * 3_600_000, zone),
            "minute" => Span(moment, bin * 60_000, zone),
            "second" => Span(moment, bin * 1000, zone),
            "millisecond" => Span(moment, bin, zone),
            _ => throw CommandException.FailedToParse($"$dateTrunc parameter 'unit' value cannot be recognized as a time unit: {unit}"),
        };
    }

    private static long Days(DateTime local, long bin, DateTime first, TimeZoneInfo zone) =>
        ToMoment(first.AddDays(Floor((long)Math.Floor((local - first).TotalMilliseconds / MillisecondsADay), bin)), zone);

    private static long Span(long moment, long bin, TimeZoneInfo zone)
    {
        var reference = ToMoment(Reference, zone);
        return reference + Floor(moment - reference, bin);
    }

    private static long Floor(long value, long bin) => value - ((value % bin) + bin) % bin;

    /// <summary>Note: a local time that a clock change skips is taken as the moment the clocks change.</summary>
    private static long ToMoment(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUnixTimeMilliseconds();
    }

    private static DateTime FirstWeek(string startOfWeek)
    {
        var day = Array.FindIndex(Enum.GetNames<DayOfWeek>(), name =>
            name.Equals(startOfWeek, StringComparison.OrdinalIgnoreCase) || name[..3].Equals(startOfWeek, StringComparison.OrdinalIgnoreCase));
        return day >= 0
            ? Reference.AddDays((day - (int)Reference.DayOfWeek + 7) % 7)
            : throw CommandException.FailedToParse($"$dateTrunc parameter 'startOfWeek' value cannot be recognized as a day of a week: {startOfWeek}");
    }
}
