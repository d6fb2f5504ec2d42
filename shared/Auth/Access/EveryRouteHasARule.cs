using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Auth;

/// <summary>Fails the start when a route does not say who may call it.</summary>
internal static class EveryRouteHasARule
{
    private static readonly string[] Guarded = ["api", "auth-api"];

    public static void Check(IEnumerable<Endpoint> endpoints)
    {
        var open = endpoints.OfType<RouteEndpoint>().Where(IsGuarded).Where(SaysNothing).Select(endpoint => endpoint.DisplayName).ToArray();
        if (open.Length > 0)
            throw new InvalidOperationException(
                $"These routes do not say who may call them (Allow, AllowAnyPerson or AllowAnonymous): {string.Join(", ", open)}.");
    }

    private static bool IsGuarded(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.PathSegments is [{ Parts: [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart first] }, ..]
            ? Guarded.Contains(first.Content, StringComparer.OrdinalIgnoreCase)
            : endpoint.RoutePattern.PathSegments.Count > 0;

    private static bool SaysNothing(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<AccessRule>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null;
}
