using System.Security.Claims;
using OpenIddict.Abstractions;

namespace Loyalty.Auth;

/// <summary>Ends sign-ins: every token that came of them is refused from now on, on every host.</summary>
internal sealed class SignIns(TokenStore tokens, AuthorizationStore authorizations)
{
    /// <summary>Note: the families first, so that a refresh in flight cannot make a token that outlives them.</summary>
    public async Task EndAllOfAsync(string subject, CancellationToken cancellation)
    {
        await authorizations.RevokeBySubjectAsync(subject, cancellation);
        await tokens.RevokeBySubjectAsync(subject, cancellation);
    }

    public async Task EndAllThroughAsync(string clientId, CancellationToken cancellation)
    {
        await authorizations.RevokeByApplicationIdAsync(clientId, cancellation);
        await tokens.RevokeByApplicationIdAsync(clientId, cancellation);
    }

    /// <summary>Ends the one sign-in that a token came of.</summary>
    public async Task EndFamilyAsync(ClaimsPrincipal? holder, CancellationToken cancellation)
    {
        if (holder?.GetAuthorizationId() is not { } family)
            return;
        await authorizations.RevokeByIdAsync(family, cancellation);
        await tokens.RevokeByAuthorizationIdAsync(family, cancellation);
    }
}
