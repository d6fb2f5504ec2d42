using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// Of several uses of one refresh token at once, exactly one wins; the others are a reuse, which ends the family.
/// Note: OpenIddict redeems the token itself just after this, but does not ask whether somebody else was faster.
/// </summary>
internal sealed class RedeemOnce(IOpenIddictTokenManager tokens, SignIns signIns) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
        .UseScopedHandler<RedeemOnce>()
        .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || !context.Request.IsRefreshTokenGrantType())
            return;
        var holder = context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.RefreshTokenPrincipal;
        if (holder?.GetTokenId() is { } id && await tokens.FindByIdAsync(id, context.CancellationToken) is { } token
            && await tokens.TryRedeemAsync(token, context.CancellationToken))
            return;
        await signIns.EndFamilyAsync(holder, context.CancellationToken);
        context.Reject(Errors.InvalidGrant, "The refresh token was used already.");
    }
}
