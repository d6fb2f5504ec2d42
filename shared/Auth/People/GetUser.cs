using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class GetUser
{
    /// <summary>One person of the tenant</summary>
    public static async Task<Results<Ok<User>, ProblemHttpResult>> Handle(string user, Caller caller, People people, CancellationToken cancellation) =>
        await people.FindAsync(caller.Tenant, user, cancellation) is { } person ? TypedResults.Ok(User.Of(person)) : AuthProblems.NoSuchUser(user);
}
