namespace Loyalty.Accounts.Contracts;

/// <summary>Finds accounts by what is known of them.</summary>
public interface IAccountSearch
{
    /// <summary>Ids of accounts that fulfil all constraints, in the order of their ids, beginning after the given one.</summary>
    Task<IReadOnlyList<string>> MatchingAsync(
        string tenant, IReadOnlyList<Constraint> constraints, string? after, int limit, DateTimeOffset now, CancellationToken cancellationToken);
}
