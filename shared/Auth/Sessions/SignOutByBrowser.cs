using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// <c>/connect/sign-out</c>: ends the session in this browser and every token that came of it. By GET it asks first, so that no other site
/// signs anybody out; a page of this host itself may do it by POST.
/// </summary>
internal sealed class SignOutByBrowser(Sessions sessions, SignIns signIns) : IOpenIddictServerHandler<HandleEndSessionRequestContext>
{
    public const string Path = "/connect/sign-out";

    public async ValueTask HandleAsync(HandleEndSessionRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        if (await sessions.FindAsync(http, context.CancellationToken) is ({ } session, { } person))
        {
            if (!HttpMethods.IsPost(http.Method) || !FormProof.Holds(http, (string?)context.Request[FormProof.Field]))
            {
                var hidden = context.Request.GetParameters().Where(parameter => parameter.Key != FormProof.Field)
                    .ToDictionary(parameter => parameter.Key, parameter => (string?)parameter.Value ?? "");
                await SignOutPage.AskAsync(http.HttpContext, person, hidden, context.Request.PostLogoutRedirectUri);
                context.HandleRequest();
                return;
            }
            await sessions.EndAsync(http.HttpContext, session, context.CancellationToken);
            await signIns.EndAllOfSessionAsync(session.Id, context.CancellationToken);
        }
        if (!string.IsNullOrEmpty(context.Request.PostLogoutRedirectUri))
        {
            context.SignOut();
            return;
        }
        await SignOutPage.DoneAsync(http.HttpContext);
        context.HandleRequest();
    }
}
