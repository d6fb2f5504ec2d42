using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class DeleteClient
{
    /// <summary>Delete a client</summary>
    /// <remarks>For the administrators of the deployment. Ends all its tokens, and the sign-ins of people through it.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(string client, Partners partners, SignIns signIns, CancellationToken cancellation)
    {
        if (!await partners.DeleteAsync(client, cancellation))
            return AuthProblems.NoSuchClient(client);
        await signIns.EndAllThroughAsync(client, cancellation);
        return TypedResults.NoContent();
    }
}
