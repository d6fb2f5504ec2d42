using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Loyalty.Auth;

/// <summary>Who may call what: tokens, people, partners, tenants, and the rule of every route.</summary>
[DependsOn(typeof(MongoModule), typeof(MessagingModule), typeof(WebModule))]
public sealed class AuthModule : AppModule
{
    private IEndpointRouteBuilder? allRoutes;

    public override void ConfigureServices(ModuleContext context)
    {
        var settings = context.Configuration.GetSection("Auth").Get<AuthSettings>() ?? new AuthSettings();
        settings.Validate(context.Environment);
        var services = context.Services;
        services.AddSingleton(settings);
        services.AddSingleton<FirstStart>().AddSingleton<FirstAdministrator>();
        services.AddSingleton(new KeySeal(settings.KeyEncryptionSecret)).AddSingleton<KeyStore>().AddSingleton<KeyRing>();
        services.AddSingleton<Tenants>().AddSingleton<People>().AddSingleton<Partners>();
        services.AddSingleton<TokenStore>().AddSingleton<AuthorizationStore>().AddSingleton<SignIns>().AddSingleton<Attempts>();
        services.AddHostedService<AuthUpkeep>();
        services.AddValidators(typeof(AuthModule).Assembly);
        services.AddSingleton<AccessControl>().AddSingleton<PlainHttp>().AddSingleton<ReadableForms>().AddSingleton<SecurityHeaders>().AddSingleton<RequestLimits>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // Note: below this OpenIddict logs what people sign in with.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
        services.AddTokenServer(settings);
    }

    public override void Configure(IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<RequestLimits>();
        app.UseTrustedProxies(app.ApplicationServices.GetRequiredService<AuthSettings>().Proxies);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<PlainHttp>();
        app.Use(limits.BeforeSignInAsync);
        app.UseMiddleware<ReadableForms>();
        app.UseAuthentication();
        app.UseMiddleware<AccessControl>();
        app.Use(limits.BeforeCallAsync);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        AuthEndpoints.Map(routes);
        allRoutes = routes;
    }

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        EveryRouteHasARule.Check(allRoutes!.DataSources.SelectMany(source => source.Endpoints));
        await services.GetRequiredService<TokenStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<AuthorizationStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<People>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<Attempts>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<KeyRing>().OpenAsync(stopping);
        await services.GetRequiredService<Partners>().RefuseWellKnownSecretsAsync(stopping);
        await services.GetRequiredService<FirstAdministrator>().EnsureAsync(stopping);
    }
}
