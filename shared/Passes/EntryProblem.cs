using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Passes;

/// <summary>Why an entry was rejected, and what to change before sending it again.</summary>
public sealed record EntryProblem
{
    /// <summary>A stable word for programs.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for people.</summary>
    public required string Detail { get; init; }

    /// <summary>The HTTP status that fits the problem.</summary>
    public int Status { get; init; } = 400;

    /// <summary>JSON paths inside the event, each with what is wrong there.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Numbers that explain it, such as what there is too little of.</summary>
    public IReadOnlyDictionary<string, decimal>? Values { get; init; }

    public static EntryProblem Of(string code, string detail, int status = 400) => new() { Code = code, Detail = detail, Status = status };

    public static EntryProblem OfField(string field, string message, string code = "validation", int status = 400) => new()
    {
        Code = code,
        Detail = message,
        Status = status,
        Errors = new Dictionary<string, string[]> { [field] = [message] },
    };

    /// <summary>As the answer to the request that posted the entry.</summary>
    public ProblemHttpResult ToResult()
    {
        var result = Problems.Of(Status, Code, Detail, Errors?.ToDictionary());
        if (Values is not null)
            result.ProblemDetails.Extensions["values"] = Values;
        return result;
    }

    /// <summary>The entry is durable and will be decided, but not soon enough to wait for it.</summary>
    public static ProblemHttpResult NotYetDecided() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, "not_yet_decided", "The change is recorded and will be made; it is taking longer than usual.");
}
