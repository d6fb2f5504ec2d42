using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loyalty.Web;

/// <summary>What an endpoint throws: the caller's fault becomes a 4xx that explains itself, ours a 500 that tells nothing.</summary>
internal sealed class Failures(ILogger<Failures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var problem = BadInput.Explain(exception);
        if (problem is null)
        {
            log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            problem = Problems.Of(StatusCodes.Status500InternalServerError, "internal_error", "Something went wrong here; it has been logged.");
        }
        await problem.ExecuteAsync(context);
        return true;
    }
}
