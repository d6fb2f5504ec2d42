using Loyalty.Web;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// Where a client may have people sent after signing in or out: an address exactly as it was registered; for a native app a loopback address
/// with any port; for the host's own pages an address below the host that was asked.
/// </summary>
internal sealed class RedirectTarget(Partners partners, IOptions<WebOptions> web)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>, IOpenIddictServerHandler<ValidateEndSessionRequestContext>
{
    /// <summary>One answer for all that can be wrong, so that nobody learns which clients exist.</summary>
    public const string Unknown = "This client, or the address it wants people sent to, is not known here.";

    private const int Longest = 512;
    private const string Below = "~/";

    /// <summary>Note: before anything else is asked of the client, and before it could be told anything by redirect.</summary>
    public static OpenIddictServerHandlerDescriptor ForSignIn { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
        .UseSingletonHandler<RedirectTarget>()
        .SetOrder(OpenIddictServerHandlers.Authentication.ValidateAuthentication.Descriptor.Order - 500)
        .Build();

    public static OpenIddictServerHandlerDescriptor ForSignOut { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateEndSessionRequestContext>()
        .UseSingletonHandler<RedirectTarget>()
        .SetOrder(OpenIddictServerHandlers.Session.ValidateClientPostLogoutRedirectUri.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var client = string.IsNullOrEmpty(context.ClientId) ? null : await partners.FindAsync(context.ClientId, context.CancellationToken);
        if (client is null || !Partners.GrantsOf(client).Contains(Grant.AuthorizationCode) || !Fits(client.RedirectUris, context.Request.RedirectUri, client, http))
            context.Reject(Errors.InvalidRequest, Unknown);
    }

    public async ValueTask HandleAsync(ValidateEndSessionRequestContext context)
    {
        if (string.IsNullOrEmpty(context.PostLogoutRedirectUri))
            return;
        var http = context.Transaction.GetHttpRequest()!;
        var client = string.IsNullOrEmpty(context.ClientId) ? null : await partners.FindAsync(context.ClientId, context.CancellationToken);
        if (client is null || !Fits(client.PostLogoutRedirectUris, context.PostLogoutRedirectUri, client, http))
            context.Reject(Errors.InvalidRequest, Unknown);
    }

    /// <summary>Whether an address may be registered at all.</summary>
    public static bool IsAllowed(string? address, bool native)
    {
        if (address is null or { Length: 0 or > Longest } || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || address.Contains('\\', StringComparison.Ordinal)
            || uri.UserInfo.Length > 0 || address.Contains('#', StringComparison.Ordinal) || address.Contains('*', StringComparison.Ordinal))
            return false;
        return uri.Scheme switch
        {
            "https" => uri.Host.Length > 0,
            "http" => IsLoopback(uri),
            // RFC 8252, 7.1: a name that its owner has registered, backwards.
            _ => native && uri.Scheme.Contains('.', StringComparison.Ordinal),
        };
    }

    /// <summary>What the page's form may lead to besides this host: the browser looks at where it is redirected in the end.</summary>
    public async Task<string?> FormActionAsync(string? clientId, string? address, HttpRequest http, CancellationToken cancellation)
    {
        if (clientId is null || address is null || await partners.FindAsync(clientId, cancellation) is not { } client
            || !Fits(client.RedirectUris, address, client, http) || !Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        return uri.Scheme is "https" or "http" ? uri.GetLeftPart(UriPartial.Authority) : $"{uri.Scheme}:";
    }

    private bool Fits(IReadOnlyList<string> registered, string? wanted, Client client, HttpRequest http) =>
        wanted is not null && registered.Any(known => known.StartsWith(Below, StringComparison.Ordinal)
            ? IsBelowHost(known[1..], wanted, http)
            : known == wanted || (client.Native && IsLoopbackWithAnyPort(known, wanted)));

    /// <summary>Note: also by https, where a proxy that nobody told us of speaks it.</summary>
    private bool IsBelowHost(string path, string wanted, HttpRequest http) =>
        new[] { http.Scheme, Uri.UriSchemeHttps }.Select(scheme => $"{scheme}://{http.Host}")
            .Any(host => wanted == $"{host}{path}" || wanted == $"{host}{web.Value.PathBase}{path}");

    private static bool IsLoopbackWithAnyPort(string known, string wanted) =>
        Uri.TryCreate(known, UriKind.Absolute, out var registered) && Uri.TryCreate(wanted, UriKind.Absolute, out var asked)
        && registered.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttp && IsLoopback(registered) && IsLoopback(asked)
        && asked.Host == registered.Host && asked.PathAndQuery == registered.PathAndQuery && asked.UserInfo.Length == 0
        && !wanted.Contains('#', StringComparison.Ordinal);

    /// <summary>Note: no name but localhost, whatever it may lead to.</summary>
    private static bool IsLoopback(Uri uri) => uri.Host is "127.0.0.1" or "[::1]" or "localhost";
}
