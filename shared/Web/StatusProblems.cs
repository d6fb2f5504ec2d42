using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>A problem for every answer that would otherwise leave with an error status and no body.</summary>
internal static class StatusProblems
{
    public static Task WriteAsync(StatusCodeContext context) =>
        Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

    public static ProblemHttpResult Of(int status) => status switch
    {
        400 => Problems.Of(status, "bad_request", "The request cannot be understood."),
        401 => Problems.Of(status, "unauthorized", "Send a valid access token: Authorization: Bearer …"),
        403 => Problems.Of(status, "forbidden", "This token may not do that."),
        404 => Problems.Of(status, "not_found", "There is nothing at this address."),
        405 => Problems.Of(status, "method_not_allowed", "This address does not answer this method; the Allow header lists those it does."),
        406 => Problems.Of(status, "not_acceptable", "None of the formats in the Accept header can be made."),
        413 => Problems.Of(status, "too_large", "The request body is too large: send fewer items at once."),
        415 => Problems.Of(status, "unsupported_media_type", "Send JSON with the header Content-Type: application/json."),
        429 => Problems.Of(status, "too_many_requests", "Too many requests: wait before the next one."),
        503 => Problems.Of(status, "unavailable", "The service cannot answer just now: try again."),
        _ => Problems.Of(status, status < 500 ? "bad_request" : "internal_error", "The request failed."),
    };
}
