using System.Security.Claims;
using Loyalty.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;

namespace Loyalty.Auth;

/// <summary>Whether the holder of a valid token may call a route, and for which tenant. Knows neither HTTP nor the store.</summary>
internal static class Access
{
    /// <remarks><paramref name="named"/> is what <c>x-tenant</c> says, null when there is no such header.</remarks>
    public static (Caller? Caller, ProblemHttpResult? Problem) Decide(ClaimsPrincipal holder, Standing standing, AccessRule rule, string? named)
    {
        var person = TokenHolder.IsPerson(holder);
        if (!person && !rule.Partners)
            return Refused("person_required", "This operation is for signed-in people; a client's own token will not do.");
        var (tenant, problem) = person ? TenantOfPerson(holder, named) : TenantOfPartner(holder, named);
        if (tenant is null)
            return (null, problem);
        if (rule.Tenant is not null && rule.Tenant != tenant)
            return Refused("administrator_required", "This operation is for the administrators of the deployment.");
        if (rule.Roles.Count == 0 && !rule.Guests && TokenHolder.IsGuest(holder))
            return Refused("guest", "This operation is for people who signed in with their own login.");
        if (standing.Suspended && !rule.Suspended)
            return Refused("suspended", "You have asked to leave. Come back first: POST /auth-api/api/me/restore.");
        var caller = new Caller(tenant, holder.GetClaim(OpenIddictConstants.Claims.Subject)!, person, standing.Roles.ToHashSet(StringComparer.Ordinal))
        {
            Client = holder.GetClaim(OpenIddictConstants.Claims.ClientId),
            TokenIssuedAt = holder.GetCreationDate(),
        };
        return rule.Roles.Count == 0 || rule.Roles.Any(caller.Has)
            ? (caller, null)
            : Refused("role_required", $"This operation needs one of the roles {string.Join(", ", rule.Roles.Append(Roles.Su).Distinct())}.");
    }

    private static (string?, ProblemHttpResult?) TenantOfPerson(ClaimsPrincipal holder, string? named)
    {
        var own = holder.GetClaim(TokenHolder.Tenant)!;
        return named is null || named == own
            ? (own, null)
            : (null, Problems.Forbidden("foreign_tenant", "The token belongs to another tenant than the header x-tenant names."));
    }

    private static (string?, ProblemHttpResult?) TenantOfPartner(ClaimsPrincipal holder, string? named)
    {
        var allowed = holder.GetClaims(TokenHolder.AllowedTenants);
        if (named is not null)
            return allowed.Contains(named)
                ? (named, null)
                : (null, Problems.Forbidden("foreign_tenant", "This client may not act in the tenant that the header x-tenant names."));
        return allowed.Length switch
        {
            0 => (null, Problems.Forbidden("foreign_tenant", "This client may not act in any tenant.")),
            1 => (allowed[0], null),
            _ => (null, Problems.BadRequest("tenant_required", "Name the tenant in the header x-tenant: this client may act in several.")),
        };
    }

    private static (Caller?, ProblemHttpResult?) Refused(string code, string detail) => (null, Problems.Forbidden(code, detail));
}

/// <summary>What the holder of a token is at this moment, whatever the token says.</summary>
/// <param name="Roles">What they may do.</param>
/// <param name="Suspended">They have asked to leave.</param>
internal sealed record Standing(IReadOnlyCollection<string> Roles, bool Suspended = false);
