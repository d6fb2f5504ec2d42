using System.Globalization;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

/// <summary>The problems that several operations here answer.</summary>
internal static class AuthProblems
{
    public static ProblemHttpResult NoSuchUser(string id) => Problems.NotFound("user_not_found", $"There is no user {id} in this tenant.");

    public static ProblemHttpResult NoSuchClient(string id) => Problems.NotFound("client_not_found", $"There is no client {id}.");

    public static ProblemHttpResult BuiltIn(string id) => Problems.Conflict("client_built_in", $"The client {id} is the host's own and stays as it is.");

    public static ProblemHttpResult NoSuchTenant(string id) => Problems.NotFound("tenant_not_found", $"There is no tenant {id}.");

    public static ProblemHttpResult LoginTaken(string login) => Problems.Conflict("login_taken", $"Somebody signs in as {login} already.");

    public static ProblemHttpResult TooManyAttempts(HttpResponse response, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "too_many_attempts", $"Too many failed attempts: wait {seconds} seconds before the next one.");
    }
}
