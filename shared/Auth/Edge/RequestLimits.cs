using System.Threading.RateLimiting;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;

namespace Loyalty.Auth;

/// <summary>How many requests there may be in a minute: by address where secrets are tried, by caller everywhere else.</summary>
internal sealed class RequestLimits(AuthSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> signIns = PerMinute(settings.SignInsPerMinute);
    private readonly PartitionedRateLimiter<string> calls = PerMinute(settings.CallsPerMinute);

    public Task BeforeSignInAsync(HttpContext context, RequestDelegate next) =>
        AuthPaths.IsSignIn(context.Request) ? LimitAsync(signIns, Network.Of(context.Connection.RemoteIpAddress), context, next) : next(context);

    public Task BeforeCallAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<Caller>() is { } caller ? LimitAsync(calls, $"{caller.Tenant}/{caller.Id}", context, next) : next(context);

    public void Dispose()
    {
        signIns.Dispose();
        calls.Dispose();
    }

    private static async Task LimitAsync(PartitionedRateLimiter<string> limiter, string who, HttpContext context, RequestDelegate next)
    {
        using var lease = await limiter.AcquireAsync(who, 1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = $"{seconds}";
        await Problems.Of(StatusCodes.Status429TooManyRequests, "too_many_requests", $"Too many requests: go on in {seconds} seconds.").ExecuteAsync(context);
    }

    private static PartitionedRateLimiter<string> PerMinute(int permits) => PartitionedRateLimiter.Create<string, string>(who => permits == 0
        ? RateLimitPartition.GetNoLimiter(who)
        : RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) }));
}
