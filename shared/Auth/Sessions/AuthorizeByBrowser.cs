using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>
/// <c>/connect/authorize</c>: who is signed in in this browser gets a code for the client; anybody else is shown the sign-in page first, or,
/// with <c>prompt=none</c>, the client is told so. Note: the clients are the deployment's own, so nobody is asked for consent.
/// </summary>
internal sealed class AuthorizeByBrowser(Sessions sessions, Partners partners, TimeProvider time) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public const string TenantParameter = "tenant";

    /// <summary>The session of the code that is being made, for <see cref="NoteSession"/>.</summary>
    internal const string SessionProperty = "Loyalty.Auth.Session";

    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!;
        var client = await partners.FindAsync(context.Request.ClientId!, context.CancellationToken);
        if (await sessions.FindAsync(http, context.CancellationToken) is ({ } session, { } person) && IsEnough(context.Request, client!, session))
        {
            context.Transaction.SetProperty(SessionProperty, session);
            context.SignIn(TokenHolder.Of(person));
        }
        else if (context.Request.HasPromptValue(PromptValues.None))
        {
            context.Reject(Errors.LoginRequired, "Nobody is signed in here for that.");
        }
        else
        {
            http.HttpContext.Response.Redirect($"{http.PathBase}{SignInPage.Path}?return={Uri.EscapeDataString(Again(context.Request, http))}");
            context.HandleRequest();
        }
    }

    private bool IsEnough(OpenIddictRequest request, Client client, Session session)
    {
        if (!client.TakesPeopleOf(session.Tenant) || (TenantOf(request) is { } wanted && wanted != session.Tenant))
            return false;
        if (request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount))
            return false;
        return request.MaxAge is not { } age || session.Created.AddSeconds(age) > time.GetUtcNow();
    }

    private static string? TenantOf(OpenIddictRequest request) => (string?)request[TenantParameter];

    /// <summary>The same request, once somebody has signed in: what asked for that is not asked again.</summary>
    private static string Again(OpenIddictRequest request, HttpRequest http)
    {
        var asked = request.GetParameters().Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge))
            .Select(parameter => KeyValuePair.Create(parameter.Key, new StringValues((string?)parameter.Value)));
        return $"{http.PathBase}{SignInPage.Authorize}{new QueryBuilder(asked)}";
    }
}

/// <summary>Notes which session a code, and all that comes of it, belongs to, so that signing out ends it.</summary>
internal sealed class NoteSession(AuthorizationStore authorizations) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
        .UseSingletonHandler<NoteSession>()
        .SetOrder(OpenIddictServerHandlers.AttachAuthorization.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType is OpenIddictServerEndpointType.Authorization && context.Principal?.GetAuthorizationId() is { } family
            && context.Transaction.GetProperty<Session>(AuthorizeByBrowser.SessionProperty) is { } session)
            await authorizations.BelongsToAsync(family, session.Id, context.CancellationToken);
    }
}
