using System.Collections.Concurrent;
using MediatR;
using MongoDB.Bson.Serialization.Attributes;

namespace Loyalty.Auth;

/// <summary>A tenant that somebody wants deleted: asked for, meant, under way, done.</summary>
internal sealed record TenantDeletion
{
    [BsonId]
    public required string Tenant { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>A host is at it until then.</summary>
    public DateTimeOffset? RunUntil { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>What was removed, and how many of it.</summary>
    public Dictionary<string, long> Removed { get; init; } = [];
}

/// <summary>Every module has removed what it had of a deleted tenant. Harmless to hear twice.</summary>
public sealed record TenantRemoved(string Tenant, DateTimeOffset At) : INotification;

/// <summary>
/// A tenant is being deleted: every module removes all it has of it, and says what. Said in the background, again if anything fails, so it
/// must be harmless to repeat.
/// </summary>
public sealed record TenantDeleted(string Tenant, DateTimeOffset At) : INotification
{
    private readonly ConcurrentDictionary<string, long> removed = new(StringComparer.Ordinal);

    /// <summary>For the receipt.</summary>
    /// <param name="what">Such as <c>accounts</c>.</param>
    /// <param name="count">How many of it.</param>
    public void Removed(string what, long count) => removed.AddOrUpdate(what, count, (_, before) => before + count);

    internal IReadOnlyDictionary<string, long> Receipt => removed;
}
