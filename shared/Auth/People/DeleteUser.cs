using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class DeleteUser
{
    /// <summary>Delete a person</summary>
    /// <remarks>Ends every sign-in of theirs at once, and removes all that is kept of them as a person. The loyalty account stays: the event DELETED erases it.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string user, Caller caller, People people, ErasePerson erase, AuditLog audit, CancellationToken cancellation)
    {
        if (user == caller.Id)
            return Problems.Conflict("yourself", "Nobody deletes themselves: ask another administrator.");
        if (await people.FindAsync(caller.Tenant, user, cancellation) is not { } person)
            return AuthProblems.NoSuchUser(user);
        await audit.PersonAsync(caller, caller.Tenant, "user.delete", person, null, cancellation);
        await erase.RunAsync(caller.Tenant, user, cancellation);
        return TypedResults.NoContent();
    }
}
