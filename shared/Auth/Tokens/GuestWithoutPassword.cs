using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>Note: the ordering client signs a guest in with an empty password, which OpenIddict would refuse as missing.</summary>
internal sealed class GuestWithoutPassword : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<GuestWithoutPassword>()
        .SetOrder(int.MinValue + 1)
        .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsPasswordGrantType() && context.Request.Username == TokenHolder.GuestLogin && string.IsNullOrEmpty(context.Request.Password))
            context.Request.Password = TokenHolder.GuestLogin;
        return ValueTask.CompletedTask;
    }
}
