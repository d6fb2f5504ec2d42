using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>OpenIddict as this product uses it: which grants, where, with which keys, how long.</summary>
internal static class TokenServer
{
    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(1);

    public static void AddTokenServer(this IServiceCollection services, AuthSettings settings)
    {
        services.AddOpenIddict()
            .AddCore(core => core
                .SetDefaultApplicationEntity<Client>().SetDefaultAuthorizationEntity<Authorization>()
                .SetDefaultScopeEntity<Scope>().SetDefaultTokenEntity<Token>()
                .ReplaceApplicationStore<Client, ClientStore>(ServiceLifetime.Singleton)
                .ReplaceAuthorizationStore<Authorization, AuthorizationStore>(ServiceLifetime.Singleton)
                .ReplaceScopeStore<Scope, ScopeStore>(ServiceLifetime.Singleton)
                .ReplaceTokenStore<Token, TokenStore>(ServiceLifetime.Singleton))
            .AddServer(server => Configure(server, settings))
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore()
                    .DisableAccessTokenExtractionFromBodyForm()
                    .DisableAccessTokenExtractionFromQueryString();
                validation.AddAudiences(TokenHolder.Audience);
                // Note: one read by id per call; what is revoked is refused at once, on every host.
                validation.EnableTokenEntryValidation().EnableAuthorizationEntryValidation();
                if (settings.Issuer is null)
                    validation.AddEventHandler(AnyIssuer.ForApi);
            });
        services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        services.AddOptions<OpenIddictServerOptions>().Configure<KeyRing>((options, ring) => ring.GiveTo(options));
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider =>
            new RebuiltOn<OpenIddictServerOptions>(provider.GetRequiredService<KeyRing>().Server));
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictValidationOptions>>(provider =>
            new RebuiltOn<OpenIddictValidationOptions>(provider.GetRequiredService<KeyRing>().Validation));
    }

    private static void Configure(OpenIddictServerBuilder server, AuthSettings settings)
    {
        server.SetTokenEndpointUris("connect/token", "auth-oauth2/oauth/token")
            .SetIntrospectionEndpointUris("connect/introspect")
            .SetRevocationEndpointUris("connect/revoke")
            .SetAuthorizationEndpointUris("connect/authorize")
            .SetEndSessionEndpointUris("connect/sign-out");
        server.AllowClientCredentialsFlow().AllowPasswordFlow().AllowRefreshTokenFlow();
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().SetAuthorizationCodeLifetime(CodeLifetime);
        server.Configure(options =>
        {
            options.CodeChallengeMethods.RemoveWhere(method => method != CodeChallengeMethods.Sha256);
            // Note: the other two would put the code where scripts or a form find it.
            options.ResponseModes.RemoveWhere(mode => mode != ResponseModes.Query);
        });
        // Note: clients may ask for any scope, as the ordering client does; roles and tenants decide, not scopes.
        server.DisableScopeValidation().IgnoreScopePermissions();
        server.RegisterAudiences(TokenHolder.Audience).IgnoreAudiencePermissions();
        server.DisableAccessTokenEncryption()
            .SetAccessTokenLifetime(AccessTokenLifetime)
            .SetRefreshTokenLifetime(RefreshTokenLifetime)
            .SetRefreshTokenReuseLeeway(RedeemOnce.Leeway);
        if (settings.Issuer is not null)
            server.SetIssuer(settings.Issuer);
        else
            server.AddEventHandler(AnyIssuer.ForServer);
        AddClients(server);
        AddBrowsers(server);
        server.AddEventHandler(GuestWithoutPassword.Descriptor);
        server.RemoveEventHandler(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor);
        server.AddEventHandler(RedeemOnce.Descriptor).AddEventHandler(RedeemCode.Descriptor);
        server.AddEventHandler(ReuseEndsFamily.Descriptor).AddEventHandler(RevokingEndsFamily.Descriptor);
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<PasswordGrant>());
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<RefreshGrant>());
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<ClientGrant>());
        // Note: PlainHttp decides about plain HTTP, for these and all other routes alike.
        server.UseAspNetCore().DisableTransportSecurityRequirement();
    }

    /// <summary>One check of clients in the place of three.</summary>
    private static void AddClients(OpenIddictServerBuilder server)
    {
        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientId.Descriptor);
        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientType.Descriptor);
        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientSecret.Descriptor);
        server.AddEventHandler(ClientProof.Descriptor);
    }

    /// <summary>Signing in and out on this host's own pages.</summary>
    private static void AddBrowsers(OpenIddictServerBuilder server)
    {
        server.RemoveEventHandler(OpenIddictServerHandlers.Authentication.ValidateClientRedirectUri.Descriptor);
        server.RemoveEventHandler(OpenIddictServerHandlers.Session.ValidateClientPostLogoutRedirectUri.Descriptor);
        server.AddEventHandler(RedirectTarget.ForSignIn).AddEventHandler(RedirectTarget.ForSignOut).AddEventHandler(NoteSession.Descriptor);
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseSingletonHandler<AuthorizeByBrowser>());
        server.AddEventHandler<HandleEndSessionRequestContext>(handler => handler.UseSingletonHandler<SignOutByBrowser>());
    }
}
