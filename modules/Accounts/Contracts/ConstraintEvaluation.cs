using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>What a constraint means for one account in memory. Its twin for a database query is <c>ConstraintFilter</c>.</summary>
public static partial class ConstraintEvaluation
{
    public static bool AllHold(this IEnumerable<Constraint> constraints, Account account, DateTimeOffset now, Zone zone) =>
        constraints.All(constraint => constraint.Holds(account, now, zone));

    public static bool Holds(this Constraint constraint, Account account, DateTimeOffset now, Zone zone) => constraint.Op == ConstraintOp.Exists
        ? IsPresent(constraint.Field, account) == WantsPresence(constraint)
        : HoldsFor(constraint, ValueOf(constraint.Field, account), now, zone);

    /// <summary>Whether a constraint other than EXISTS holds for a field that has this value, or none.</summary>
    internal static bool HoldsFor(Constraint constraint, IComparable? value, DateTimeOffset now, Zone zone) => constraint.Op switch
    {
        ConstraintOp.Ne => !Equals(constraint, value, now, zone),
        ConstraintOp.Eq or ConstraintOp.In => Equals(constraint, value, now, zone),
        _ => value is not null && constraint.Value.Count > 0 && Compares(constraint.Op, Compare(value, Operand(constraint, 0, now, zone))),
    };

    /// <summary>What is wrong with a constraint, in words for whoever writes it, and in which part of it; null if nothing is.</summary>
    public static (string Part, string Message)? Fault(this Constraint constraint)
    {
        if (!Fields().IsMatch(constraint.Field))
            return ("field", $"\"{constraint.Field}\" is no field of an account. Use counters.x, properties.x, venues.x, tags.x, header.firstName, header.created, header.lastOrder or header.birthdate.");
        if (constraint.Op is ConstraintOp.Exists)
            return constraint.Value is [] or ["true"] or ["false"] ? null : ("value", "EXISTS takes at most one value, true or false.");
        if (constraint.Op is not ConstraintOp.In && constraint.Value.Count != 1)
            return ("value", $"{constraint.Op.ToString().ToUpperInvariant()} takes exactly one value.");
        var unreadable = constraint.Value.FirstOrDefault(value => Read(constraint.Field, value, DateTimeOffset.UnixEpoch, Zone.Utc) is null);
        return unreadable is null ? null : ("value", $"\"{unreadable}\" cannot be read as {Kind(constraint.Field)}.");
    }

    internal static bool WantsPresence(Constraint constraint) => constraint.Value is not ["false"];

    private static bool IsPresent(string field, Account account)
    {
        var (group, name) = Split(field);
        return group switch
        {
            "counters" => account.Counters.ContainsKey(name),
            "tags" => account.Tags.Contains(name),
            "venues" => account.Venues.Contains(name),
            _ => ValueOf(field, account) is not null,
        };
    }

    private static (string Group, string Name) Split(string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        return (field[..dot], field[(dot + 1)..]);
    }

    /// <summary>Note: a missing counter compares as 0, a tag or venue that is missing as false.</summary>
    private static IComparable? ValueOf(string field, Account account)
    {
        var (group, name) = Split(field);
        return group switch
        {
            "counters" => account.Counter(name),
            "properties" => account.Properties.GetValueOrDefault(name),
            "tags" => account.Tags.Contains(name),
            "venues" => account.Venues.Contains(name),
            _ => name switch
            {
                "firstName" => account.Header.FirstName,
                "created" => account.Header.Created,
                "lastOrder" => account.Header.LastOrder,
                _ => account.Header.Birthdate,
            },
        };
    }

    /// <summary>A constraint's value as the type of its field; null if it cannot be read as that.</summary>
    internal static IComparable? Read(string field, string value, DateTimeOffset now, Zone zone) => field switch
    {
        _ when field.StartsWith("counters.", StringComparison.Ordinal) =>
            decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ when field.StartsWith("tags.", StringComparison.Ordinal) || field.StartsWith("venues.", StringComparison.Ordinal) =>
            value switch { "true" => true, "false" => false, _ => null },
        "header.birthdate" => ReadDay(value, now, zone),
        "header.created" or "header.lastOrder" => ReadInstant(value, now, zone),
        _ => value,
    };

    /// <summary>An instant, or one that lies so far from now; null beyond the ends of the calendar.</summary>
    private static DateTimeOffset? ReadInstant(string value, DateTimeOffset now, Zone zone) =>
        CalendarPeriod.TryParse(value, out var period) ? period.AddTo(now, zone) : IsoTime.Read(value, zone);

    /// <summary>A day, or the one in the tenant's zone that lies so far from now.</summary>
    private static DateOnly? ReadDay(string value, DateTimeOffset now, Zone zone) =>
        !CalendarPeriod.TryParse(value, out var period) ? IsoDate.Read(value)
        : period.AddTo(now, zone) is { } at ? zone.DayOf(at)
        : null;

    private static IComparable? Operand(Constraint constraint, int index, DateTimeOffset now, Zone zone) =>
        Read(constraint.Field, constraint.Value[index], now, zone);

    private static bool Equals(Constraint constraint, IComparable? value, DateTimeOffset now, Zone zone) =>
        value is not null && Enumerable.Range(0, constraint.Value.Count).Any(index => Compare(value, Operand(constraint, index, now, zone)) == 0);

    /// <summary>Note: values are compared as the database does it: text by its UTF-8 bytes, instants in milliseconds.</summary>
    private static int? Compare(IComparable value, IComparable? operand) => (value, operand) switch
    {
        (_, null) => null,
        (string text, string other) => Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)),
        (DateTimeOffset instant, DateTimeOffset other) => instant.ToUnixTimeMilliseconds().CompareTo(other.ToUnixTimeMilliseconds()),
        _ => value.CompareTo(operand),
    };

    private static bool Compares(ConstraintOp op, int? order) => op switch
    {
        ConstraintOp.Gt => order > 0,
        ConstraintOp.Gte => order >= 0,
        ConstraintOp.Lt => order < 0,
        _ => order <= 0,
    };

    private static string Kind(string field) => field switch
    {
        _ when field.StartsWith("counters.", StringComparison.Ordinal) => "a number",
        _ when field.StartsWith("tags.", StringComparison.Ordinal) || field.StartsWith("venues.", StringComparison.Ordinal) => "true or false",
        "header.birthdate" => "a day such as 1990-02-28, or a duration such as -P18Y",
        _ => "an instant such as 2026-02-28T12:00:00Z, or a duration such as -P30D",
    };

    [GeneratedRegex(@"^(((counters|properties|venues|tags)\.[a-zA-Z0-9_-]+)|(header\.(firstName|created|lastOrder|birthdate)))\z")]
    private static partial Regex Fields();
}
