using MediatR;

namespace Loyalty.Auth;

/// <summary>
/// A member is to be erased: they asked for it, and their tenant's time for coming back is over. Said before the person is removed, and again
/// if the host stops in between, so whoever hears it must make it harmless to hear twice (the id of what it appends: tenant and person).
/// </summary>
public sealed record PersonLeft(string Tenant, string PersonId, DateTimeOffset At) : INotification;

/// <summary>A member who asked to leave has come back in time.</summary>
public sealed record PersonRestored(string Tenant, string PersonId, DateTimeOffset At) : INotification
{
    /// <summary>When the token was issued that said who it is.</summary>
    public DateTimeOffset? TokenIssuedAt { get; init; }

    /// <summary>Consents given with it.</summary>
    public IReadOnlyList<string> SetConsents { get; init; } = [];

    /// <summary>Consents withdrawn with it.</summary>
    public IReadOnlyList<string> UnsetConsents { get; init; } = [];
}
