using MediatR;

namespace Loyalty.Auth;

/// <summary>A tenant's own settings have been saved, perhaps with another time zone.</summary>
public sealed record TenantChanged(string Tenant, DateTimeOffset At) : INotification;
