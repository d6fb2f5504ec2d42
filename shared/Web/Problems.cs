using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>
/// RFC 9457 problem details, each with a stable <c>code</c> that programs may rely on and a <c>detail</c> that tells a
/// person what to do about it.
/// </summary>
public static class Problems
{
    public static ProblemHttpResult BadRequest(string code, string detail) => Of(StatusCodes.Status400BadRequest, code, detail);

    public static ProblemHttpResult Unauthorized(string code, string detail) => Of(StatusCodes.Status401Unauthorized, code, detail);

    public static ProblemHttpResult Forbidden(string code, string detail) => Of(StatusCodes.Status403Forbidden, code, detail);

    public static ProblemHttpResult NotFound(string code, string detail) => Of(StatusCodes.Status404NotFound, code, detail);

    public static ProblemHttpResult Conflict(string code, string detail) => Of(StatusCodes.Status409Conflict, code, detail);

    public static ProblemHttpResult PreconditionFailed(string code, string detail) => Of(StatusCodes.Status412PreconditionFailed, code, detail);

    public static ProblemHttpResult UnprocessableEntity(string code, string detail) => Of(StatusCodes.Status422UnprocessableEntity, code, detail);

    /// <summary>A 400 with code <c>validation</c> and a map from JSON paths (<c>states[1].title</c>) to messages.</summary>
    public static ProblemHttpResult Validation(IDictionary<string, string[]> errors) =>
        Of(StatusCodes.Status400BadRequest, "validation", Sentence(errors), errors);

    /// <summary>The same for one field.</summary>
    public static ProblemHttpResult Validation(string path, string message) =>
        Validation(new Dictionary<string, string[]> { [path] = [message] });

    public static ProblemHttpResult Of(int status, string code, string detail, IDictionary<string, string[]>? errors = null)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (errors is not null)
            extensions["errors"] = errors;
        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    private static string Sentence(IDictionary<string, string[]> errors) =>
        errors.Count == 1
            ? $"{errors.Single().Key}: {string.Join(" ", errors.Single().Value)}"
            : $"{errors.Count} fields are not valid: {string.Join(", ", errors.Keys.Take(10))}.";
}
