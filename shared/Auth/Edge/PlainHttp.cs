using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Auth;

/// <summary>Refuses plain HTTP from other machines, except in Development or where the configuration allows it: tokens and passwords travel here.</summary>
internal sealed class PlainHttp(IHostEnvironment environment, AuthSettings settings) : IMiddleware
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        context.Request.IsHttps || environment.IsDevelopment() || settings.AllowPlainHttp || Network.IsHere(context.Connection.RemoteIpAddress) || IsHealth(context.Request)
            ? next(context)
            : Problems.BadRequest("https_required", "Use https: plain HTTP is answered only to this machine itself.").ExecuteAsync(context);

    private static bool IsHealth(HttpRequest request) => request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
