using System.Security.Claims;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// A person stays signed in, or comes back from this host's own page with a code: either is used up for a new pair, which says what is true of
/// the person now.
/// </summary>
internal sealed class RefreshGrant(People people) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (context.Request.IsRefreshTokenGrantType())
            await RenewAsync(context, context.RefreshTokenPrincipal!);
        else if (context.Request.IsAuthorizationCodeGrantType())
            await RenewAsync(context, context.AuthorizationCodePrincipal!);
    }

    private async Task RenewAsync(HandleTokenRequestContext context, ClaimsPrincipal holder)
    {
        var tenant = holder.GetClaim(TokenHolder.Tenant)!;
        if (!TenantHeader.TryRead(context.Transaction.GetHttpRequest()!, out var named))
        {
            context.Reject(Errors.InvalidRequest, TenantHeader.Malformed);
            return;
        }
        if (named is not null && named != tenant)
        {
            context.Reject(Errors.InvalidGrant, "It is one of another tenant than x-tenant names.");
            return;
        }
        var person = await people.FindAsync(tenant, holder.GetClaim(Claims.Subject)!, context.CancellationToken);
        if (person is null || !person.AcceptsTokenFrom(holder.GetCreationDate()))
        {
            context.Reject(Errors.InvalidGrant, "The person may no longer sign in, or must do so anew.");
            return;
        }
        // Note: the new tokens stay in the family of the old ones.
        var renewed = TokenHolder.Of(person);
        renewed.SetAuthorizationId(holder.GetAuthorizationId());
        context.SignIn(renewed, new Dictionary<string, OpenIddictParameter> { [TokenHolder.Uuid] = person.Id });
    }
}
