namespace Loyalty.Accounts.Contracts;

/// <summary>The segments that a tenant has.</summary>
public interface ISegmentCatalogue
{
    /// <summary>In the order in which accounts are tried against them.</summary>
    Task<IReadOnlyList<SegmentStatus>> OfAsync(string tenant, CancellationToken cancellationToken);
}

/// <param name="ComputedAt">As of when all accounts were last placed; null while they are being placed under changed rules.</param>
public sealed record SegmentStatus(string Name, DateTimeOffset? ComputedAt);
