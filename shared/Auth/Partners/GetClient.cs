using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class GetClient
{
    /// <summary>One client of the deployment</summary>
    /// <remarks>For the administrators of the deployment.</remarks>
    public static async Task<Results<Ok<PartnerAnswer>, ProblemHttpResult>> Handle(string client, Partners partners, CancellationToken cancellation) =>
        await partners.FindAsync(client, cancellation) is { } found ? TypedResults.Ok(PartnerAnswer.Of(found)) : AuthProblems.NoSuchClient(client);
}
