using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>The addresses that strangers may call, and where secrets are tried.</summary>
internal static class AuthPaths
{
    private static readonly PathString Token = "/connect";
    private static readonly PathString PlatformToken = "/auth-oauth2";
    private static readonly PathString Management = "/auth-api";
    private static readonly PathString Register = "/auth-api/api/register";
    private static readonly PathString Forgotten = "/auth-api/api/password";
    private static readonly PathString Api = "/api";
    private static readonly PathString Mcp = "/mcp";
    private static readonly PathString OpenId = "/.well-known";
    private static readonly PathString Reference = "/scalar";
    private static readonly PathString Document = "/openapi";

    /// <summary>Of those below <c>/connect</c> what a browser shows, or is sent through.</summary>
    private static readonly PathString[] Pages = [SignInPage.Authorize, SignInPage.Path, SignOutByBrowser.Path, NewPasswordPage.Path];

    /// <summary>Where somebody proves who they are, or becomes somebody.</summary>
    public static bool IsSignIn(HttpRequest request) =>
        request.Path.StartsWithSegments(Token) || request.Path.StartsWithSegments(PlatformToken) || request.Path.StartsWithSegments(Register)
        || request.Path.StartsWithSegments(Forgotten);

    public static bool IsOurs(HttpRequest request) => IsSignIn(request) || request.Path.StartsWithSegments(Management);

    /// <summary>What is answered there is somebody's, and nobody keeps it.</summary>
    public static bool IsPersonal(HttpRequest request) => IsOurs(request) || request.Path.StartsWithSegments(Api) || request.Path.StartsWithSegments(Mcp);

    /// <summary>What programs call, in a browser or elsewhere.</summary>
    public static bool IsForPrograms(HttpRequest request) =>
        (IsPersonal(request) || request.Path.StartsWithSegments(OpenId) || request.Path.StartsWithSegments(Document))
        && !Array.Exists(Pages, page => request.Path.StartsWithSegments(page));

    public static bool IsReference(HttpRequest request) => request.Path.StartsWithSegments(Reference);
}
