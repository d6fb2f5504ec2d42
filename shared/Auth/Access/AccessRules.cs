using Microsoft.AspNetCore.Builder;

namespace Loyalty.Auth;

/// <summary>How a route says who may call it. Every route under /api and /auth-api says so, or the host does not start.</summary>
public static class AccessRules
{
    /// <summary>Takes callers with one of these roles, or with <see cref="Roles.Su"/>.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder builder, Callers who, params string[] roles) where TBuilder : IEndpointConventionBuilder =>
        roles.Length == 0
            ? throw new ArgumentException("Name at least one role.", nameof(roles))
            : builder.WithMetadata(new AccessRule(who, roles));

    /// <summary>Takes any signed-in person, whatever their roles, but no guest and no partner.</summary>
    public static TBuilder AllowAnyPerson<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AccessRule(Callers.People, []));

    /// <summary>Takes any signed-in person, guests and who has asked to leave too.</summary>
    internal static TBuilder AllowAnyPersonOrGuest<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AccessRule(Callers.People, [], Guests: true, Suspended: true));

    /// <summary>Takes any signed-in person, also who has asked to leave.</summary>
    internal static TBuilder AllowAnyPersonOrLeaver<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AccessRule(Callers.People, [], Suspended: true));

    /// <summary>Takes the deployment's own administrators: those of the tenant <c>system</c>.</summary>
    internal static TBuilder AllowAdministrators<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new AccessRule(Callers.People, [Roles.Su], Tenant: Tenant.System));
}
