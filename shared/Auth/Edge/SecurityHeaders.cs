using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Loyalty.Auth;

/// <summary>What browsers must know, and how much one may send to where secrets are tried. A page may say otherwise of itself.</summary>
internal sealed class SecurityHeaders : IMiddleware
{
    private const long LargestSignIn = 64 * 1024;
    private const string OneYear = "max-age=31536000";
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Note: the reference (Scalar) begins with a script in its page and styles everything in place.</summary>
    private const string Reference =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // Note: at the last moment, because whoever answers a fault begins with no headers at all.
        context.Response.OnStarting(static state => AddTo((HttpContext)state), context);
        if (AuthPaths.IsOurs(context.Request) && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestSignIn;
        return next(context);
    }

    private static Task AddTo(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, AuthPaths.IsReference(context.Request) ? Reference : Nothing);
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        if (AuthPaths.IsPersonal(context.Request))
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
