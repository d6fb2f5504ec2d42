using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>A partner or service gets a token by itself. It carries what the client may do; each call names its tenant.</summary>
internal sealed class ClientGrant(Partners partners) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType())
            return;
        if (!TenantHeader.TryRead(context.Transaction.GetHttpRequest()!, out var tenant))
        {
            context.Reject(Errors.InvalidRequest, TenantHeader.Malformed);
            return;
        }
        var client = await partners.FindAsync(context.ClientId!, context.CancellationToken);
        if (client is null || (tenant is not null && !client.Tenants.Contains(tenant)))
        {
            context.Reject(Errors.UnauthorizedClient, "This client may not act in this tenant.");
            return;
        }
        context.SignIn(TokenHolder.Of(client));
    }
}
