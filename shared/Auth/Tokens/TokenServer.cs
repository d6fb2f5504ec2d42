using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Loyalty.Auth;

/// <summary>OpenIddict as this product uses it: which grants, where, with which keys, how long.</summary>
internal static class TokenServer
{
    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(30);

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
            .SetRevocationEndpointUris("connect/revoke");
        server.AllowClientCredentialsFlow().AllowPasswordFlow().AllowRefreshTokenFlow();
        // Note: clients may ask for any scope, as the ordering client does; roles and tenants decide, not scopes.
        server.DisableScopeValidation().IgnoreScopePermissions();
        server.RegisterAudiences(TokenHolder.Audience).IgnoreAudiencePermissions();
        server.DisableAccessTokenEncryption()
            .SetAccessTokenLifetime(AccessTokenLifetime)
            .SetRefreshTokenLifetime(RefreshTokenLifetime)
            .SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        if (settings.Issuer is not null)
            server.SetIssuer(settings.Issuer);
        else
            server.AddEventHandler(AnyIssuer.ForServer);
        server.AddEventHandler(GuestWithoutPassword.Descriptor).AddEventHandler(RedeemOnce.Descriptor).AddEventHandler(ReuseEndsFamily.Descriptor);
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<PasswordGrant>());
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<RefreshGrant>());
        server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<ClientGrant>());
        // Note: PlainHttp decides about plain HTTP, for these and all other routes alike.
        server.UseAspNetCore().DisableTransportSecurityRequirement();
    }
}
