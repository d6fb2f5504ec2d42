using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Web;

/// <summary>What a request that cannot be read is answered: a problem that names the field and the fix.</summary>
internal static class BadInput
{
    private const string BadParameter = "bad_parameter";

    /// <summary>Null when the exception is none of the caller's fault.</summary>
    public static ProblemHttpResult? Explain(Exception error) => error switch
    {
        BadHttpRequestException { StatusCode: 413 or 415 } bad => StatusProblems.Of(bad.StatusCode),
        BadHttpRequestException { InnerException: JsonException } => Body("This is no JSON of the shape that is wanted."),
        BadHttpRequestException bad => Problems.Of(bad.StatusCode, "bad_request", bad.Message),
        BadParameterException bad => Parameter(bad.Parameter, bad.Message),
        _ => null,
    };

    public static ProblemHttpResult MissingBody() => Body(
        "The body is missing or has ended too early: send JSON with the header Content-Type: application/json.");

    public static ProblemHttpResult Parameter(string name, string message) =>
        Parameters(new Dictionary<string, string[]> { [UnicodeText.Shown(name)] = [message] });

    public static ProblemHttpResult Parameters(IDictionary<string, string[]> faults)
    {
        var detail = string.Join(" ", faults.Select(fault => $"{fault.Key}: {string.Join(" ", fault.Value)}"));
        return Problems.Of(StatusCodes.Status400BadRequest, BadParameter, detail, faults);
    }

    private static ProblemHttpResult Body(string message) => UnreadableJson.Of(JsonPath.Root, message).ToProblem();
}
