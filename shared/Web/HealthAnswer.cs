using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Loyalty.Web;

/// <summary>Readiness as text: the state, then a line with the reason for each check that is not healthy.</summary>
internal static class HealthAnswer
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(Text(report), context.RequestAborted);
    }

    internal static string Text(HealthReport report) => string.Join('\n', report.Entries
        .Where(check => check.Value.Status != HealthStatus.Healthy)
        .Select(check => $"{check.Key}: {check.Value.Description}")
        .Prepend(report.Status.ToString()));
}
