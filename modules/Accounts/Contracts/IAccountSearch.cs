using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>Finds accounts by what is known of them.</summary>
public interface IAccountSearch
{
    /// <summary>Ids of accounts that match, in the order of their ids, beginning after the given one.</summary>
    Task<IReadOnlyList<string>> MatchingAsync(string tenant, Wanted wanted, string? after, int limit, CancellationToken cancellationToken);

    Task<long> CountAsync(string tenant, Wanted wanted, CancellationToken cancellationToken);
}

/// <summary>Which accounts are looked for.</summary>
/// <param name="Constraints">All of them hold.</param>
/// <param name="Now">The present, for durations in constraints.</param>
/// <param name="Zone">The tenant's, for the calendar in them.</param>
/// <param name="Birthdays">The birthday, <c>MM-dd</c>, is one of these; an empty list: it is known. Null: it does not matter.</param>
public sealed record Wanted(IReadOnlyList<Constraint> Constraints, DateTimeOffset Now, Zone Zone, IReadOnlyList<string>? Birthdays = null);
