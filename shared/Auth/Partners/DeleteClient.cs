using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class DeleteClient
{
    /// <summary>Delete a client</summary>
    /// <remarks>For the administrators of the deployment. Ends all its tokens, and the sign-ins of people through it. Those of the host itself stay.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string client, Caller caller, Partners partners, SignIns signIns, AuditLog audit, CancellationToken cancellation)
    {
        if (await partners.FindAsync(client, cancellation) is not { } known)
            return AuthProblems.NoSuchClient(client);
        if (known.BuiltIn)
            return AuthProblems.BuiltIn(client);
        await audit.ClientAsync(caller, "client.delete", known, null, cancellation);
        if (!await partners.DeleteAsync(client, cancellation))
            return AuthProblems.NoSuchClient(client);
        await signIns.EndAllThroughAsync(client, cancellation);
        return TypedResults.NoContent();
    }
}
