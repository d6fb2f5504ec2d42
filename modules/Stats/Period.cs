namespace Loyalty.Stats;

/// <summary>The days that somebody asks for, from the first to the last, both included.</summary>
internal readonly record struct Period(DateOnly First, DateOnly Last)
{
    public const int MaxDays = 731;

    private const int DefaultDays = 30;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public string? Fault => First > Last ? "from must not be after to."
        : Last.DayNumber - First.DayNumber >= MaxDays ? $"A period has at most {MaxDays} days."
        : null;

    public IEnumerable<DateOnly> Days => Enumerable.Range(First.DayNumber, Last.DayNumber - First.DayNumber + 1).Select(DateOnly.FromDayNumber);

    /// <summary>Until today unless said otherwise, and 30 days long.</summary>
    public static Period Of(DateOnly? from, DateOnly? to, DateOnly today)
    {
        var last = to ?? today;
        return new(from ?? DateOnly.FromDayNumber(Math.Max(0, last.DayNumber + 1 - DefaultDays)), last);
    }
}
