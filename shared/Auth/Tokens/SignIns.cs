using System.Security.Claims;
using OpenIddict.Abstractions;

namespace Loyalty.Auth;

/// <summary>Ends sign-ins: every token that came of them is refused from now on, on every host.</summary>
internal sealed class SignIns(TokenStore tokens, AuthorizationStore authorizations, Sessions sessions)
{
    /// <summary>Note: the families first, so that a refresh in flight cannot make a token that outlives them.</summary>
    public async Task EndAllOfAsync(string subject, CancellationToken cancellation)
    {
        await sessions.EndAllOfAsync(subject, cancellation);
        await authorizations.RevokeBySubjectAsync(subject, cancellation);
        await tokens.RevokeBySubjectAsync(subject, cancellation);
    }

    /// <summary>Ends every sign-in of somebody who is erased, and leaves nothing that leads to them.</summary>
    /// <returns>How many sign-ins, tokens and sessions there were.</returns>
    public async Task<long> EraseAsync(string subject, CancellationToken cancellation) =>
        await sessions.EndAllOfAsync(subject, cancellation)
        + await authorizations.EraseSubjectAsync(subject, cancellation)
        + await tokens.EraseSubjectAsync(subject, cancellation);

    /// <summary>Ends all that came of one session in a browser.</summary>
    public async Task EndAllOfSessionAsync(string session, CancellationToken cancellation)
    {
        foreach (var family in await authorizations.OfSessionAsync(session, cancellation))
            await EndFamilyAsync(family, cancellation);
    }

    public async Task EndAllThroughAsync(string clientId, CancellationToken cancellation)
    {
        await authorizations.RevokeByApplicationIdAsync(clientId, cancellation);
        await tokens.RevokeByApplicationIdAsync(clientId, cancellation);
    }

    /// <summary>Ends the one sign-in that a token came of.</summary>
    public async Task EndFamilyAsync(ClaimsPrincipal? holder, CancellationToken cancellation)
    {
        if (holder?.GetAuthorizationId() is { } family)
            await EndFamilyAsync(family, cancellation);
    }

    private async Task EndFamilyAsync(string family, CancellationToken cancellation)
    {
        await authorizations.RevokeByIdAsync(family, cancellation);
        await tokens.RevokeByAuthorizationIdAsync(family, cancellation);
    }
}
