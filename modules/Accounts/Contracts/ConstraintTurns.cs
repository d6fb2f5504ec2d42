using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>When time alone can turn a constraint from not holding to holding, or back. Pure.</summary>
public static class ConstraintTurns
{
    /// <summary>The dates of the header that are compared with "that far from now", each with the period; every pair once.</summary>
    public static IReadOnlyList<DatePeriod> Periods(this IEnumerable<Constraint> constraints) =>
    [
        .. from constraint in constraints
           where constraint.Op != ConstraintOp.Exists && constraint.Field is "header.created" or "header.lastOrder" or "header.birthdate"
           from value in constraint.Value
           where CalendarPeriod.TryParse(value, out _)
           group value by (constraint.Field, CalendarPeriod.Read(value)!.Value) into same
           select new DatePeriod(same.Key.Field, same.First()),
    ];

    /// <summary>The instants, in whole milliseconds, at which time can turn a constraint for this account; not in order.</summary>
    public static IEnumerable<DateTimeOffset> TurnsOf(this IEnumerable<Constraint> constraints, Account account, Zone zone) =>
        from dated in constraints.Periods()
        from turn in dated.Turns(account, zone)
        select turn;
}

/// <summary>A date of the header, and how far from now it is compared with.</summary>
/// <param name="Field">Such as <c>header.lastOrder</c>.</param>
/// <param name="Period">An ISO 8601 duration such as <c>-P60D</c>.</param>
public sealed record DatePeriod(string Field, string Period)
{
    /// <summary>The instant that is so far from now; the end of the calendar where it lies beyond.</summary>
    public DateTimeOffset BoundaryAt(DateTimeOffset now, Zone zone) =>
        Length.AddTo(now, zone) ?? (Length.IsNegative ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue);

    /// <summary>The instants, in whole milliseconds, at which the boundary comes to the account's date, or has passed it.</summary>
    public IEnumerable<DateTimeOffset> Turns(Account account, Zone zone) => Field switch
    {
        "header.created" => Turns(account.Header.Created, zone),
        "header.lastOrder" => Turns(account.Header.LastOrder, zone),
        _ => account.Header.Birthdate is { } day ? Turns(zone.StartOf(day), zone).Concat(Turns(zone.EndOf(day), zone)) : [],
    };

    private IEnumerable<DateTimeOffset> Turns(DateTimeOffset? date, Zone zone) => date is not { } field ? [] :
        from turn in Length.TurnsFor(field, zone)
        where turn.Ticks <= DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerMillisecond
        select WholeMilliseconds(turn);

    private CalendarPeriod Length => CalendarPeriod.Read(Period) ?? throw new FormatException($"{Period} is no duration.");

    private static DateTimeOffset WholeMilliseconds(DateTimeOffset turn) =>
        new((turn.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
}
