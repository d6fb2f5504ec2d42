using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Auth;

/// <summary>
/// Which pages of other origins may call from a browser: those that the configuration or a client names. They bring a token; a cookie is never
/// taken along.
/// </summary>
internal sealed class BrowserCalls(AuthSettings settings, Partners partners, TimeProvider time) : ICorsPolicyProvider
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PreflightRemembered = TimeSpan.FromMinutes(10);

    private (CorsPolicy Policy, DateTimeOffset Until)? known;

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (!AuthPaths.IsForPrograms(context.Request))
            return null;
        if (known is var (policy, until) && until > time.GetUtcNow())
            return policy;
        string[] origins = [.. settings.Origins, .. await partners.OriginsAsync(context.RequestAborted)];
        var made = new CorsPolicyBuilder(origins).AllowAnyHeader().WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
            .WithExposedHeaders("Content-Range", "X-Total-Count", "ETag", "Location", "Retry-After")
            .SetPreflightMaxAge(PreflightRemembered).Build();
        known = (made, time.GetUtcNow() + Remembered);
        return made;
    }
}

internal static class BrowserCallsSetup
{
    public static void AddBrowserCalls(this IServiceCollection services)
    {
        services.AddCors();
        services.AddSingleton<ICorsPolicyProvider, BrowserCalls>();
    }
}
