using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// A refresh token or a code that was used up before ends its family. Note: OpenIddict, just after this, refuses it and revokes the family's
/// tokens that it sees; one that is being made at this moment is caught only by ending the sign-in itself.
/// </summary>
internal sealed class ReuseEndsFamily(TokenStore tokens, SignIns signIns, TimeProvider time) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<ReuseEndsFamily>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType is not (OpenIddictServerEndpointType.Token or OpenIddictServerEndpointType.Revocation) || context.TokenId is null)
            return;
        if (await tokens.FindByIdAsync(context.TokenId, context.CancellationToken) is { Status: Statuses.Redeemed } token
            && !(token.Successor is not null && token.RedemptionDate + RedeemOnce.Leeway > time.GetUtcNow()))
            await signIns.EndFamilyAsync(context.Principal, context.CancellationToken);
    }
}

/// <summary>Revoking a refresh token ends the sign-in, and with it the access tokens that came of it.</summary>
internal sealed class RevokingEndsFamily(SignIns signIns) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
        .UseSingletonHandler<RevokingEndsFamily>()
        .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal.HasTokenType(TokenTypeIdentifiers.RefreshToken))
            await signIns.EndFamilyAsync(context.GenericTokenPrincipal, context.CancellationToken);
    }
}
