using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// A refresh token that was used up before ends its family. Note: OpenIddict, just after this, refuses it and revokes the
/// family's tokens that it sees; one that is being made at this moment is caught only by ending the sign-in itself.
/// </summary>
internal sealed class ReuseEndsFamily(IOpenIddictTokenManager tokens, SignIns signIns) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<ReuseEndsFamily>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType is not OpenIddictServerEndpointType.Token || context.TokenId is null)
            return;
        if (await tokens.FindByIdAsync(context.TokenId, context.CancellationToken) is { } token
            && await tokens.HasStatusAsync(token, Statuses.Redeemed, context.CancellationToken))
            await signIns.EndFamilyAsync(context.Principal, context.CancellationToken);
    }
}
