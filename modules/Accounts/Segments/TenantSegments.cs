using Loyalty.Accounts.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>The segments of one tenant that are in force, and how far accounts have been placed in them. It comes with the tenant's first account.</summary>
internal sealed record TenantSegments : IPassDocument
{
    /// <summary>The tenant.</summary>
    [BsonId]
    public required string Id { get; init; }

    [BsonElement("tenant")]
    public string Tenant => Id;

    public long LastPass { get; init; }

    public IReadOnlyList<SegmentRule> Rules { get; init; } = Segments.Default;

    /// <summary>Rises with every change of the rules.</summary>
    public long Version { get; init; }

    /// <summary>Accounts are being placed under rules that have changed.</summary>
    public bool IsPlacingAll { get; init; }

    /// <summary>As of when all accounts have been placed.</summary>
    public DateTimeOffset? ComputedAt { get; init; }

    /// <summary>The tenant's next midnight: accounts that time has moved are placed anew.</summary>
    public required DateTimeOffset NextRun { get; init; }
}
