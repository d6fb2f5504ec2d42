using OpenIddict.Server;
using OpenIddict.Validation;

namespace Loyalty.Auth;

/// <summary>
/// Without <c>Auth:Issuer</c> a token names the address it was asked for at, and is good at every other address of this
/// host and of hosts on the same store. Note: only this product has the keys, so the name adds nothing to the signature.
/// </summary>
internal static class AnyIssuer
{
    public static OpenIddictServerHandlerDescriptor ForServer { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<OpenIddictServerEvents.ValidateTokenContext>()
        .UseInlineHandler(context =>
        {
            context.TokenValidationParameters.ValidateIssuer = false;
            return ValueTask.CompletedTask;
        })
        .SetOrder(OpenIddictServerHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
        .Build();

    public static OpenIddictValidationHandlerDescriptor ForApi { get; } = OpenIddictValidationHandlerDescriptor
        .CreateBuilder<OpenIddictValidationEvents.ValidateTokenContext>()
        .UseInlineHandler(context =>
        {
            context.TokenValidationParameters.ValidateIssuer = false;
            return ValueTask.CompletedTask;
        })
        .SetOrder(OpenIddictValidationHandlers.Protection.ResolveTokenValidationParameters.Descriptor.Order + 500)
        .Build();
}
