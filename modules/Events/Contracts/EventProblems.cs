using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Events.Contracts;

/// <summary>What went wrong with an entry, as the answer to the request that posted it.</summary>
public static class EventProblems
{
    public static ProblemHttpResult ToResult(this EventProblem problem) =>
        Problems.Of(problem.Status, problem.Code, problem.Detail, problem.Errors?.ToDictionary());

    /// <summary>The entry is durable and will be decided, but not soon enough to wait for it.</summary>
    public static ProblemHttpResult NotYetDecided() => Problems.Of(
        StatusCodes.Status503ServiceUnavailable, "not_yet_decided", "The change is recorded and will be made; it is taking longer than usual.");
}
