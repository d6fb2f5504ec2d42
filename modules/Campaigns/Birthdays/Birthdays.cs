namespace Loyalty.Campaigns;

/// <summary>Which birthdays a day has. Pure.</summary>
internal static class Birthdays
{
    /// <summary>The birthdays (month and day, <c>MM-dd</c>) that are kept on this day: in common years 29 February on the 28th.</summary>
    public static IReadOnlyList<string> KeptOn(DateOnly day) =>
        day is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(day.Year) ? ["02-28", "02-29"] : [$"{day:MM-dd}"];
}
