using MediatR;

namespace Loyalty.Auth;

/// <summary>A person gave the right password. Not said of guests, nor when a token is refreshed.</summary>
public sealed record PersonSignedIn(string Tenant, string PersonId, DateTimeOffset At) : INotification;
