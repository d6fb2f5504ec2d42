using System.Security.Claims;
using Loyalty.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OpenIddict.Abstractions;

namespace Loyalty.Auth;

/// <summary>Holds every request against the rule of its route, and gives the handler its <see cref="Caller"/>.</summary>
internal sealed class AccessControl(People people, Tenants tenants) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() is not { } rule)
        {
            await next(context);
            return;
        }
        var (caller, problem) = await DecideAsync(context, rule);
        if (caller is not null)
        {
            context.Features.Set(caller);
            RequestZone.Current = await tenants.ZoneOfAsync(caller.Tenant, context.RequestAborted);
            await next(context);
            return;
        }
        if (problem!.StatusCode is StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = Challenge(context.Request);
        await problem.ExecuteAsync(context);
    }

    private async Task<(Caller?, ProblemHttpResult?)> DecideAsync(HttpContext context, AccessRule rule)
    {
        var result = await context.AuthenticateAsync();
        if (!result.Succeeded || result.Principal is not { } holder || await StandingOfAsync(holder, context.RequestAborted) is not { } standing)
            return (null, Problems.Unauthorized("token_required", context.Request.Headers.ContainsKey(HeaderNames.Authorization)
                ? "The access token is not valid, has expired or was revoked: get a new one at /connect/token."
                : "Send an access token from /connect/token in the header Authorization: Bearer …"));
        if (!TenantHeader.TryRead(context.Request, out var named))
            return (null, Problems.Validation(TenantHeader.Name, TenantHeader.Malformed));
        return Access.Decide(holder, standing, rule, named);
    }

    /// <summary>
    /// Null when the holder may not call any more. Note: people are looked up on every call, so that whoever is
    /// deactivated or loses a role has lost it at once; what a client may do is in its token, which ends when that changes.
    /// </summary>
    private async Task<Standing?> StandingOfAsync(ClaimsPrincipal holder, CancellationToken cancellation)
    {
        if (!TokenHolder.IsPerson(holder))
            return new Standing(TokenHolder.RolesOf(holder));
        var tenant = holder.GetClaim(TokenHolder.Tenant)!;
        if (TokenHolder.IsGuest(holder))
            return await tenants.FindAsync(tenant, cancellation) is { Guests: true } ? new Standing([]) : null;
        var person = await people.FindAsync(tenant, holder.GetClaim(OpenIddictConstants.Claims.Subject)!, cancellation);
        return person?.AcceptsTokenFrom(holder.GetCreationDate()) is true ? new Standing([.. person.Roles], person.DeleteAfter is not null) : null;
    }

    private static string Challenge(HttpRequest request) =>
        request.Headers.ContainsKey(HeaderNames.Authorization) ? "Bearer realm=\"loyalty\", error=\"invalid_token\"" : "Bearer realm=\"loyalty\"";
}
