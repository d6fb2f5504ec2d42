using System.Security.Claims;
using System.Text.Json;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>What a token says of its holder, written and read in one place.</summary>
internal static class TokenHolder
{
    public const string Audience = "loyalty";
    public const string Tenant = "TENANT";
    public const string Uuid = "UUID";
    public const string UserName = "user_name";
    public const string Authorities = "authorities";
    public const string AllowedTenants = "tenants";
    public const string Guest = "guest";
    public const string GuestLogin = "anonymous";

    public static ClaimsPrincipal Of(Person person) =>
        Create(person.Id, person.Roles, identity => identity
            .SetClaim(Tenant, person.Tenant).SetClaim(Uuid, person.Id).SetClaim(UserName, person.Login), [Scopes.OfflineAccess]);

    /// <summary>Somebody who did not say who they are: new each time, with no roles and no account.</summary>
    public static ClaimsPrincipal GuestOf(string tenant)
    {
        var id = Guid.NewGuid().ToString();
        return Create(id, [], identity => identity
            .SetClaim(Tenant, tenant).SetClaim(Uuid, id).SetClaim(UserName, GuestLogin).SetClaim(Guest, true), []);
    }

    public static ClaimsPrincipal Of(Client client) =>
        Create(client.Id, client.Roles, identity => identity.AddClaim(ArrayOf(AllowedTenants, client.Tenants)), []);

    public static bool IsPerson(ClaimsPrincipal holder) => holder.HasClaim(claim => claim.Type == Uuid);

    public static bool IsGuest(ClaimsPrincipal holder) => holder.HasClaim(claim => claim.Type == Guest);

    public static IReadOnlyCollection<string> RolesOf(ClaimsPrincipal holder) => holder.GetClaims(Authorities);

    private static ClaimsPrincipal Create(string subject, IEnumerable<string> roles, Action<ClaimsIdentity> describe, string[] scopes)
    {
        var identity = new ClaimsIdentity("OpenIddict", UserName, Authorities);
        identity.SetClaim(Claims.Subject, subject);
        identity.AddClaim(ArrayOf(Authorities, roles));
        describe(identity);
        identity.SetScopes(scopes);
        identity.SetAudiences(Audience);
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Note: one claim that is a JSON array, because a claim with one value would otherwise come out as a string.</summary>
    private static Claim ArrayOf(string type, IEnumerable<string> values) => new(type, JsonSerializer.Serialize(values), "JSON_ARRAY");
}
