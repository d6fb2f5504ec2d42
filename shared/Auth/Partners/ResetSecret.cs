using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Loyalty.Auth;

internal static class ResetSecret
{
    /// <summary>Give a client a new secret</summary>
    /// <remarks>For the administrators of the deployment. The secret is made up and answered, once. Tokens got with the old one end, and a lock-out.</remarks>
    public static async Task<Results<Ok<PartnerAnswer>, ProblemHttpResult>> Handle(
        string client, Caller caller, Partners partners, SignIns signIns, Attempts attempts, AuditLog audit, CancellationToken cancellation)
    {
        if (await partners.FindAsync(client, cancellation) is not { } known)
            return AuthProblems.NoSuchClient(client);
        if (known.Type == ClientTypes.Public)
            return Problems.Conflict("public_client", "A public client has no secret.");
        await audit.ClientAsync(caller, "client.secret", known, known, cancellation);
        var secret = Passwords.GenerateSecret();
        if (await partners.SetSecretAsync(client, secret, cancellation) is not { } changed)
            return AuthProblems.NoSuchClient(client);
        await signIns.EndAllThroughAsync(client, cancellation);
        await attempts.ForgetLoginAsync($"client:{client}", cancellation);
        return TypedResults.Ok(PartnerAnswer.Of(changed) with { Secret = secret });
    }
}
