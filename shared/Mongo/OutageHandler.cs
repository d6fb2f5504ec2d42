using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Loyalty.Mongo;

/// <summary>An outage of the database is answered 503: nothing is wrong with the request, which may be sent again.</summary>
internal sealed class OutageHandler(ILogger<OutageHandler> log) : IExceptionHandler
{
    private const string RetryAfterSeconds = "1";

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested || !StoreOutage.Is(exception))
            return false;
        log.LogWarning("{Method} {Path} is answered 503: {Reason}", context.Request.Method, context.Request.Path, exception.Message);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await TypedResults.Problem(
            "The database does not answer, or takes no writes at the moment. Nothing is wrong with the request: send it again.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: new Dictionary<string, object?> { ["code"] = "store_unavailable" }).ExecuteAsync(context);
        return true;
    }
}
