using Loyalty.Events.Contracts;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Accounts;

/// <summary>One change of a consent, kept as it was said. It names the member by the random handle of the account, which leads to nobody once that is erased.</summary>
internal sealed record ConsentWord
{
    /// <summary>The platform itself, for the member: as when they came back after leaving.</summary>
    public const string OfApplication = "application";

    /// <summary>A person of the tenant's staff. Note: the audit log does not need to know who, and neither does this.</summary>
    public const string OfStaff = "staff";

    [BsonId]
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The incarnation of the account.</summary>
    public required string Handle { get; init; }

    public required string Consent { get; init; }

    public required string Value { get; init; }

    public ConsentScope Scope { get; init; }

    public string? Transaction { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset Ts { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The client that brought it; null: the member, by a token of their own.</summary>
    public string? Client { get; init; }
}
