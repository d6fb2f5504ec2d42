using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Loyalty.Auth;

internal static class ResetSecret
{
    /// <summary>Give a client a new secret</summary>
    /// <remarks>For the administrators of the deployment. The secret is made up and answered, once. Tokens got with the old one end.</remarks>
    public static async Task<Results<Ok<PartnerAnswer>, ProblemHttpResult>> Handle(string client, Partners partners, SignIns signIns, CancellationToken cancellation)
    {
        var secret = Passwords.GenerateSecret();
        if (await partners.SetSecretAsync(client, secret, cancellation) is not { } changed)
            return AuthProblems.NoSuchClient(client);
        await signIns.EndAllThroughAsync(client, cancellation);
        return TypedResults.Ok(PartnerAnswer.Of(changed) with { Secret = secret });
    }
}
