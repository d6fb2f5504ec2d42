using Loyalty.Accounts;
using Loyalty.Auth;
using Loyalty.Campaigns;
using Loyalty.Events;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Stats;
using Loyalty.Web;

namespace Loyalty.Host;

/// <summary>The table of contents: everything the application is made of.</summary>
[DependsOn(
    typeof(WebModule),
    typeof(MongoModule),
    typeof(MessagingModule),
    typeof(AuthModule),
    typeof(EventsModule),
    typeof(AccountsModule),
    typeof(CampaignsModule),
    typeof(StatsModule))]
public sealed class HostModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        context.Services.Configure<WebOptions>(Introduce);
        context.Services.AddSingleton(context.Configuration.GetSection("Demo").Get<DemoOptions>() ?? new DemoOptions());
        context.Services.AddSingleton<DemoStateStore>().AddSingleton<Demo>().AddSingleton<DemoLife>().AddSingleton<Banner>();
        context.Services.AddSingleton<Greeter>().AddHostedService(services => services.GetRequiredService<Greeter>());
        context.Services.AddHealthChecks().AddCheck<Greeter>("started");
    }

    private static void Introduce(WebOptions web)
    {
        web.Title = "Loyalty API";
        web.Description = "Accounts, events, campaigns, coupons and statistics of a loyalty programme. Instants are ISO 8601 in UTC, "
            + "money is decimal in the tenant's currency, absent values are left out. Every error is an RFC 9457 problem "
            + "with a stable `code`; what fails validation also carries `errors`, a map of JSON paths to messages.";
        web.PathBase = "/loyalty-api";
    }
}
