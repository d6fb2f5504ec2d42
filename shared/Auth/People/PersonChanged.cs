using Loyalty.Web;
using MediatR;

namespace Loyalty.Auth;

/// <summary>A member has changed their own data: what is given is new, null cleared, and what is absent stays.</summary>
public sealed record PersonChanged(string Tenant, string PersonId, DateTimeOffset At) : INotification
{
    /// <summary>When the token was issued that said who it is.</summary>
    public DateTimeOffset? TokenIssuedAt { get; init; }

    public Optional<string?> FirstName { get; init; }

    public Optional<string?> LastName { get; init; }

    public Optional<string?> Phone { get; init; }

    public Optional<string?> Email { get; init; }

    public Optional<string?> PushId { get; init; }
}
