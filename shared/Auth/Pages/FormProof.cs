using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>
/// Proof that a form was sent from a page of this host: a random value in the form and in a cookie that other sites cannot set or have sent
/// along; or the browser's own word, for a page of ours that calls by script.
/// </summary>
internal static class FormProof
{
    public const string Field = "proof";

    /// <summary>The value for a form that is about to be shown.</summary>
    public static string Issue(HttpContext http)
    {
        var name = CookieOf(http.Request);
        // Note: two tabs show the same, so that both can be sent.
        if (http.Request.Cookies[name] is { Length: >= 32 and <= 64 } known)
            return known;
        var value = Passwords.GenerateSecret();
        http.Response.Cookies.Append(name, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            IsEssential = true,
        });
        return value;
    }

    public static bool Holds(HttpRequest request, string? sent)
    {
        if (request.Headers.Origin is [{ } origin] && origin != "null" && !IsOurs(request, origin))
            return false;
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            if (site != "same-origin")
                return false;
            if (sent is null)
                return true;
        }
        return sent is not null && request.Cookies[CookieOf(request)] is { } known
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(sent));
    }

    /// <summary>Note: the scheme may have been changed by a proxy that nobody told us of.</summary>
    private static bool IsOurs(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static string CookieOf(HttpRequest request) => request.IsHttps ? "__Host-loyalty-form" : "loyalty-form";
}
