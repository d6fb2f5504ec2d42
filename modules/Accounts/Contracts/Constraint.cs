namespace Loyalty.Accounts.Contracts;

public enum ConstraintOp
{
    Eq,
    Ne,
    In,
    Gt,
    Gte,
    Lt,
    Lte,
    Exists,
}

/// <summary>One condition on an account. Campaigns, filters and segments share this language; all constraints of a list must hold.</summary>
public sealed record Constraint
{
    /// <summary><c>counters.x</c>, <c>properties.x</c>, <c>venues.x</c>, <c>tags.x</c>, or <c>header.firstName|created|lastOrder|birthdate</c>.</summary>
    public required string Field { get; init; }

    /// <summary>
    /// Counters compare as numbers, header dates as instants (ISO 8601, in the tenant's zone where they name no offset, or a duration such as
    /// <c>-P30D</c> from now: days of 24 hours, weeks, months and years by the calendar in the tenant's zone), the birthdate as a day (or as the day that lies so far from now: <c>LTE -P18Y</c> is of age), tags and venues as true or false, the rest as text in ordinal order. EXISTS takes <c>true</c> (the default) or <c>false</c>.
    /// </summary>
    public required ConstraintOp Op { get; init; }

    public IReadOnlyList<string> Value { get; init; } = [];
}
