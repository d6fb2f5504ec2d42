using Loyalty.Accounts;
using Loyalty.Auth;
using Loyalty.Campaigns;
using Loyalty.Events;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Outbox;
using Loyalty.Passes;
using Loyalty.Stats;
using Loyalty.Web;
using OpenTelemetry.Metrics;

namespace Loyalty.Host;

/// <summary>The table of contents: everything the application is made of.</summary>
[DependsOn(
    typeof(WebModule),
    typeof(MongoModule),
    typeof(MessagingModule),
    typeof(AuthModule),
    typeof(PassesModule),
    typeof(OutboxModule),
    typeof(EventsModule),
    typeof(AccountsModule),
    typeof(CampaignsModule),
    typeof(StatsModule))]
public sealed class HostModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        context.Services.Configure<WebOptions>(Introduce);
        RefuseOpenStore(context);
        context.Services.AddSingleton((context.Configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions()).Checked(context.Environment));
        context.Services.AddSingleton<DemoStateStore>().AddSingleton<Demo>().AddSingleton<DemoLife>().AddSingleton<Banner>();
        context.Services.AddSingleton<Greeter>().AddHostedService(services => services.GetRequiredService<Greeter>());
        context.Services.AddHealthChecks().AddCheck<Greeter>("started");
        context.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("EmbeddedStore", "Loyalty.Passes", "Loyalty.Outbox", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics");

    /// <summary>Note: whoever reaches that port may do everything, as it asks for no password.</summary>
    private static void RefuseOpenStore(ModuleContext context)
    {
        if (!context.Environment.IsDevelopment() && context.Configuration["EmbeddedStore:ListenPort"] is { Length: > 0 })
            throw new InvalidOperationException("EmbeddedStore:ListenPort opens the store without a password: it is for Development only. Leave it out.");
    }

    private static void Introduce(WebOptions web)
    {
        web.Title = "Loyalty API";
        web.Description = "Accounts, events, campaigns, coupons and statistics of a loyalty programme. Instants are ISO 8601 in UTC, "
            + "money is decimal in the tenant's currency, absent values are left out. Every error is an RFC 9457 problem "
            + "with a stable `code`; what fails validation also carries `errors`, a map of JSON paths to messages.";
        web.PathBase = "/loyalty-api";
        web.Tags.Add(("event", "What happened to a member: orders, profiles, cards, consents, relations."));
        web.Tags.Add(("account", "Members, and what they may do themselves."));
        web.Tags.Add(("campaign", "Constraints that choose members, and the states that they walk through."));
        web.Tags.Add(("stats", "Figures per day."));
        web.Tags.Add(("segments", "The groups that a tenant sorts its members into."));
        web.Tags.Add(("me", "Signing up, and the person who is signed in."));
        web.Tags.Add(("user", "The people of a tenant, for its own administrator."));
        web.Tags.Add(("tenant", "Brands, each a world of its own."));
        web.Tags.Add(("client", "Partners, services, and the applications through which people sign in."));
        web.Tags.Add(("key", "The keys that sign tokens."));
        web.Tags.Add(("operations", "What an operator looks after."));
    }
}
