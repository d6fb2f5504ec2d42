using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Loyalty.Auth;

/// <summary>What browsers must know, and how much one may send to where secrets are tried.</summary>
internal sealed class SecurityHeaders : IMiddleware
{
    private const long LargestSignIn = 64 * 1024;
    private const string OneYear = "max-age=31536000";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = AuthPaths.IsApi(context.Request) ? "default-src 'none'; frame-ancestors 'none'" : "frame-ancestors 'none'";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = OneYear;
        if (AuthPaths.IsOurs(context.Request))
        {
            headers.CacheControl = "no-store";
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = LargestSignIn;
        }
        return next(context);
    }
}
