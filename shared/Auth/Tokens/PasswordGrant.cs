using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>A person signs in: login and password, in the tenant that <c>x-tenant</c> names.</summary>
internal sealed class PasswordGrant(PasswordCheck passwords, Tenants tenants, Partners partners) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsPasswordGrantType())
            return;
        var request = context.Transaction.GetHttpRequest()!;
        if (!TenantHeader.TryRead(request, out var tenant))
        {
            context.Reject(Errors.InvalidRequest, TenantHeader.Malformed);
            return;
        }
        if (tenant is null)
        {
            context.Reject(Errors.InvalidRequest, "The header x-tenant must name the tenant of the person who signs in.");
            return;
        }
        if (await partners.FindAsync(context.ClientId!, context.CancellationToken) is not { } client || !client.TakesPeopleOf(tenant))
        {
            context.Reject(Errors.UnauthorizedClient, "This client may not sign people of this tenant in.");
            return;
        }
        if (context.Request.Username == TokenHolder.GuestLogin)
            await SignGuestInAsync(context, tenant);
        else
            await SignPersonInAsync(context, tenant);
    }

    private async Task SignPersonInAsync(HandleTokenRequestContext context, string tenant)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var (person, wait) = await passwords.TryAsync(
            tenant, context.Request.Username!, context.Request.Password!, http.Connection.RemoteIpAddress, context.CancellationToken);
        if (wait is { } locked)
        {
            await AuthProblems.TooManyAttempts(http.Response, locked).ExecuteAsync(http);
            context.HandleRequest();
        }
        else if (person is null)
        {
            context.Reject(Errors.InvalidGrant, "Login or password is wrong.");
        }
        else
        {
            context.SignIn(TokenHolder.Of(person), new Dictionary<string, OpenIddictParameter> { [TokenHolder.Uuid] = person.Id });
        }
    }

    private async Task SignGuestInAsync(HandleTokenRequestContext context, string tenant)
    {
        if (await tenants.FindAsync(tenant, context.CancellationToken) is not { Guests: true })
        {
            context.Reject(Errors.InvalidGrant, "This tenant takes no guests.");
            return;
        }
        var guest = TokenHolder.GuestOf(tenant);
        context.SignIn(guest, new Dictionary<string, OpenIddictParameter> { [TokenHolder.Uuid] = guest.GetClaim(TokenHolder.Uuid) });
    }
}
