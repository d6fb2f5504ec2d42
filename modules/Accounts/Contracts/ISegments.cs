using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Accounts.Contracts;

/// <summary>The segments that a tenant has.</summary>
public interface ISegments
{
    /// <summary>In the order in which accounts are tried against them.</summary>
    Task<IReadOnlyList<SegmentStatus>> OfAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>The tenant's rules; the default ones as long as it has no account.</summary>
    Task<IReadOnlyList<SegmentRule>> RulesOfAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Changes them. Null when it was done, or when there was nothing to do.</summary>
    Task<ProblemHttpResult?> SetAsync(string tenant, IReadOnlyList<SegmentRule>? rules, CancellationToken cancellationToken);
}

/// <param name="ComputedAt">As of when all accounts were last placed; null while they are being placed under changed rules.</param>
public sealed record SegmentStatus(string Name, DateTimeOffset? ComputedAt);
