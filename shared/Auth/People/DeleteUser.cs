using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class DeleteUser
{
    /// <summary>Delete a person</summary>
    /// <remarks>Ends every sign-in of theirs at once. The loyalty account stays: the event DELETED erases it.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string user, Caller caller, People people, SignIns signIns, CancellationToken cancellation)
    {
        if (user == caller.Id)
            return Problems.Conflict("yourself", "Nobody deletes themselves: ask another administrator.");
        if (!await people.DeleteAsync(caller.Tenant, user, cancellation))
            return AuthProblems.NoSuchUser(user);
        await signIns.EndAllOfAsync(user, cancellation);
        return TypedResults.NoContent();
    }
}
