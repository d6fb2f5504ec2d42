using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// Which client asks, in the place of OpenIddict's own three checks: with a lock-out, with hashing in its turn, and with one answer for
/// whatever is wrong, so that nobody learns which clients exist.
/// </summary>
internal sealed class ClientProof(Partners partners, Attempts attempts) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public const string Wrong = "The client or its secret is wrong.";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .UseSingletonHandler<ClientProof>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.EndpointType is OpenIddictServerEndpointType.Authorization)
            return; // RedirectTarget knows the client of a request by browser.
        if (context.EndpointType is OpenIddictServerEndpointType.EndSession && string.IsNullOrEmpty(context.ClientId))
            return;
        var client = string.IsNullOrEmpty(context.ClientId) ? null : await partners.FindAsync(context.ClientId, context.CancellationToken);
        if (context.EndpointType is OpenIddictServerEndpointType.EndSession)
        {
            if (client is null)
                context.Reject(Errors.InvalidRequest, RedirectTarget.Unknown);
        }
        else if (string.IsNullOrEmpty(context.ClientId))
        {
            context.Reject(Errors.InvalidClient, Wrong);
        }
        else if (string.IsNullOrEmpty(context.ClientSecret))
        {
            if (client is not { Type: ClientTypes.Public })
                context.Reject(Errors.InvalidClient, Wrong);
        }
        else
        {
            await CheckSecretAsync(context, client, context.ClientId, context.ClientSecret);
        }
    }

    private async Task CheckSecretAsync(ProcessAuthenticationContext context, Client? client, string clientId, string secret)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var (login, address) = ($"client:{clientId}", http.Connection.RemoteIpAddress);
        if (await attempts.WaitAsync(login, address, context.CancellationToken) is { } locked)
        {
            await RefuseAsync(context, http, locked);
            return;
        }
        if (client is not null && partners.HasJustProved(client, secret))
            return;
        if (await attempts.TryAsync(login, address, context.CancellationToken) is { } wait)
            await RefuseAsync(context, http, wait);
        else if (await partners.ProveAsync(client, secret, $"client {Network.Of(address)}", context.CancellationToken))
            await attempts.SucceededAsync(login, address, context.CancellationToken);
        else
            context.Reject(Errors.InvalidClient, Wrong);
    }

    private static async Task RefuseAsync(ProcessAuthenticationContext context, HttpContext http, TimeSpan wait)
    {
        await AuthProblems.TooManyAttempts(http.Response, wait).ExecuteAsync(http);
        context.HandleRequest();
    }
}
