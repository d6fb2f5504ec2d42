using Loyalty.Time;

namespace Loyalty.Accounts.Contracts;

/// <summary>Finds accounts by what is known of them.</summary>
public interface IAccountSearch
{
    /// <summary>Ids of accounts that match, in the order of their ids, beginning after the given one.</summary>
    Task<IReadOnlyList<string>> MatchingAsync(string tenant, Wanted wanted, string? after, int limit, CancellationToken cancellationToken);

    Task<long> CountAsync(string tenant, Wanted wanted, CancellationToken cancellationToken);

    /// <summary>The first instant after this one at which a boundary comes to an account's date, or passes it; null if it never does.</summary>
    Task<DateTimeOffset?> NextTurnAsync(string tenant, DatePeriod dated, DateTimeOffset after, Zone zone, CancellationToken cancellationToken);

    /// <summary>The accounts whose date a boundary has come to, or passed, between two instants, in the order of their dates and ids.</summary>
    Task<IReadOnlyList<DatedAccount>> CrossedAsync(string tenant, Crossing crossing, DatedAccount? after, int limit, CancellationToken cancellationToken);
}

/// <summary>Which accounts are looked for.</summary>
/// <param name="Constraints">All of them hold.</param>
/// <param name="Now">The present, for durations in constraints.</param>
/// <param name="Zone">The tenant's, for the calendar in them.</param>
/// <param name="Birthdays">The birthday, <c>MM-dd</c>, is one of these; an empty list: it is known. Null: it does not matter.</param>
public sealed record Wanted(IReadOnlyList<Constraint> Constraints, DateTimeOffset Now, Zone Zone, IReadOnlyList<string>? Birthdays = null);

/// <summary>Accounts whose date lies where a boundary was between two instants. Constraints that time cannot turn hold, too.</summary>
public sealed record Crossing(DatePeriod Dated, IReadOnlyList<Constraint> Constraints, DateTimeOffset From, DateTimeOffset To, Zone Zone);

/// <param name="Date">Where it stands in the order: its date, as the index has it.</param>
public sealed record DatedAccount(string Id, string Date);
