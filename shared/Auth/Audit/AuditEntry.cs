using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>One act of management, as stored. Never changed.</summary>
internal sealed record AuditEntry
{
    /// <summary>Tenant, instant and a random end: the order of ids is the order in time.</summary>
    [BsonId]
    public required string Id { get; init; }

    /// <summary>The tenant it concerns.</summary>
    public required string Tenant { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Such as <c>user.change</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Who did it: a person's handle, a client's id, or null for the host itself.</summary>
    public string? By { get; init; }

    public required AuditBy Kind { get; init; }

    /// <summary>The tenant of whoever did it.</summary>
    public string? FromTenant { get; init; }

    /// <summary>What it was done to: a person's handle, or an id.</summary>
    public string? Subject { get; init; }

    public IReadOnlyList<AuditChange> Changes { get; init; } = [];

    public required DateTimeOffset ExpireAt { get; init; }
}

/// <summary>What kind of caller did something.</summary>
public enum AuditBy
{
    /// <summary>A person of the tenant.</summary>
    Person,

    /// <summary>A partner or service.</summary>
    Client,

    /// <summary>An administrator of the deployment, from outside the tenant.</summary>
    Administrator,

    /// <summary>The host itself, as its configuration says.</summary>
    Host,
}

/// <summary>What has become different.</summary>
/// <param name="Field">Which field.</param>
/// <param name="From">What it was before; absent: nothing, or nothing that may be shown.</param>
/// <param name="To">What it is now; absent: nothing, or nothing that may be shown.</param>
public sealed record AuditChange(string Field, string? From, string? To);
