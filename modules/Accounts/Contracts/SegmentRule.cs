namespace Loyalty.Accounts.Contracts;

/// <summary>One of a tenant's segments. An account is in the first of the list whose constraints all hold.</summary>
public sealed record SegmentRule
{
    /// <summary>Unique in the list, <c>[a-zA-Z0-9_-]{1,32}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Up to 16; a segment without any takes every account that is left.</summary>
    public IReadOnlyList<Constraint> Constraints { get; init; } = [];
}
