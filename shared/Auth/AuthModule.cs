using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace Loyalty.Auth;

/// <summary>Who may call what: tokens, people, partners, tenants, and the rule of every route.</summary>
[DependsOn(typeof(MongoModule), typeof(MessagingModule), typeof(WebModule))]
public sealed class AuthModule : AppModule
{
    /// <summary>As long as events, unless the configuration says otherwise.</summary>
    private static readonly TimeSpan AuditRetention = TimeSpan.FromDays(400);

    private IEndpointRouteBuilder? allRoutes;

    public override void ConfigureServices(ModuleContext context)
    {
        var settings = context.Configuration.GetSection("Auth").Get<AuthSettings>() ?? new AuthSettings();
        settings.Validate(context.Environment);
        var services = context.Services;
        services.AddSingleton(settings);
        services.AddSingleton<FirstStart>().AddSingleton<FirstAdministrator>();
        services.AddSingleton(new KeySeal(settings.KeyEncryptionSecret)).AddSingleton<KeyStore>().AddSingleton<KeyRing>();
        AddStores(services, context.Configuration.GetValue("Events:Retention", AuditRetention));
        services.AddSingleton<PasswordCheck>().AddSingleton<DueLeavers>().AddSingleton<RedirectTarget>();
        services.AddSingleton<SignInPage>().AddSingleton<NewPasswordPage>();
        services.AddHostedService<AuthUpkeep>();
        services.AddSingleton<Forgotten>().AddHostedService(provider => provider.GetRequiredService<Forgotten>());
        services.AddSingleton<TenantRemoval>().AddHostedService(provider => provider.GetRequiredService<TenantRemoval>());
        services.AddBrowserCalls();
        services.Configure<WebOptions>(web => web.ReferenceClient = BuiltInClients.Scalar);
        services.AddValidators(typeof(AuthModule).Assembly);
        services.AddSingleton<AccessControl>().AddSingleton<PlainHttp>().AddSingleton<ReadableForms>().AddSingleton<SecurityHeaders>().AddSingleton<RequestLimits>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        // Note: below this OpenIddict logs what people sign in with.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
        services.AddTokenServer(settings);
        services.KeepNoKeysOnDisk();
    }

    public override void Configure(IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<RequestLimits>();
        app.UseTrustedProxies(app.ApplicationServices.GetRequiredService<AuthSettings>().Proxies);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<PlainHttp>();
        app.UseCors();
        app.Use(limits.BeforeSignInAsync);
        app.UseMiddleware<ReadableForms>();
        app.UseAuthentication();
        app.UseMiddleware<AccessControl>();
        app.Use(limits.BeforeCallAsync);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        AuthEndpoints.Map(routes);
        AuthEndpoints.MapPages(routes);
        allRoutes = routes;
    }

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        EveryRouteHasARule.Check(allRoutes!.DataSources.SelectMany(source => source.Endpoints));
        await services.GetRequiredService<TokenStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<AuthorizationStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<People>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<Attempts>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<Sessions>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<PasswordLinks>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<AuditLog>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<KeyRing>().OpenAsync(stopping);
        await services.GetRequiredService<Partners>().RefuseWellKnownSecretsAsync(stopping);
        await services.GetRequiredService<Partners>().EnsureBuiltInAsync(stopping);
        await services.GetRequiredService<FirstAdministrator>().EnsureAsync(stopping);
    }

    /// <summary>Note: the public ones are made by hand, as what they are made of is nobody else's business.</summary>
    internal static void AddStores(IServiceCollection services, TimeSpan auditRetention)
    {
        services.AddSingleton<Hashing>().AddSingleton<Tenants>().AddSingleton<TenantDeletions>();
        services.AddSingleton<TokenStore>().AddSingleton<AuthorizationStore>().AddSingleton<SignIns>().AddSingleton<Attempts>();
        services.AddSingleton<Sessions>().AddSingleton<PasswordLinks>();
        services.AddSingleton(provider => new People(
            provider.GetRequiredService<IMongoDatabase>(), provider.GetRequiredService<Hashing>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new Partners(
            provider.GetRequiredService<IMongoDatabase>(), provider.GetRequiredService<Hashing>(), provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<IHostEnvironment>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IMongoDatabase>(), provider.GetRequiredService<People>(), auditRetention, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ErasePerson(
            provider.GetRequiredService<People>(), provider.GetRequiredService<SignIns>(), provider.GetRequiredService<Attempts>(),
            provider.GetRequiredService<PasswordLinks>()));
    }
}
