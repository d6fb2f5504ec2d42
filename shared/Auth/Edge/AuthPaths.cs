using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>The addresses that strangers may call, and where secrets are tried.</summary>
internal static class AuthPaths
{
    private static readonly PathString Token = "/connect";
    private static readonly PathString PlatformToken = "/auth-oauth2";
    private static readonly PathString Management = "/auth-api";
    private static readonly PathString Register = "/auth-api/api/register";
    private static readonly PathString Api = "/api";

    /// <summary>Where somebody proves who they are, or becomes somebody.</summary>
    public static bool IsSignIn(HttpRequest request) =>
        request.Path.StartsWithSegments(Token) || request.Path.StartsWithSegments(PlatformToken) || request.Path.StartsWithSegments(Register);

    public static bool IsOurs(HttpRequest request) => IsSignIn(request) || request.Path.StartsWithSegments(Management);

    public static bool IsApi(HttpRequest request) => IsOurs(request) || request.Path.StartsWithSegments(Api);
}
