using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

/// <summary>A partner, a service, or an application through which people sign in.</summary>
/// <param name="Id">The client id; never changes.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Public">It has no secret, as an app or a page could not keep one.</param>
/// <param name="Native">An app on a phone or a computer: a loopback redirect address is good with any port.</param>
/// <param name="Grants">How it may get tokens.</param>
/// <param name="Tenants">The tenants it may act in; for a client of people alone, none means that people of all tenants may sign in.</param>
/// <param name="Roles">What it may do in them by itself.</param>
/// <param name="RedirectUris">Where people are sent after signing in. What begins with <c>~/</c> lies below this host itself.</param>
/// <param name="PostLogoutRedirectUris">Where people are sent after signing out.</param>
/// <param name="Origins">Origins whose pages may call this host from a browser.</param>
/// <param name="Created">When the client was made.</param>
internal sealed record PartnerAnswer(
    string Id, string? Name, bool Public, bool Native, IReadOnlyList<Grant> Grants, IReadOnlyList<string> Tenants, IReadOnlyList<string> Roles,
    IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, IReadOnlyList<string> Origins, DateTimeOffset Created)
{
    /// <summary>Only in the answer that made it up: it is shown once and stored hashed.</summary>
    public string? Secret { get; init; }

    public static PartnerAnswer Of(Client client) => new(
        client.Id, client.DisplayName, client.Type == ClientTypes.Public, client.Native, Partners.GrantsOf(client), client.Tenants, client.Roles,
        client.RedirectUris, client.PostLogoutRedirectUris, client.Origins, client.Created);
}
