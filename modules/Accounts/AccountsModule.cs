using Loyalty.Accounts.Contracts;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Accounts;

/// <summary>The members: what is known of them and what their events do to them.</summary>
[DependsOn(typeof(EventsModule))]
public sealed class AccountsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IAccountSearch>(provider => provider.GetRequiredService<AccountStore>());
        services.AddSingleton<AccountLists>().AddSingleton<AccountRequests>();
        services.AddSingleton<ClaimStore>();
        services.AddSingleton<OrderStore>();
        services.AddSingleton<SettingsStore>();
        services.AddSingleton<ILoyaltySettings>(provider => provider.GetRequiredService<SettingsStore>());
        services.AddSingleton<AccountAnswers>();
        services.AddSingleton<MyAccount>();
        services.AddSingleton<TakeOrderWebhook>();
        services.AddSingleton<SegmentStore>().AddSingleton<SetSegments>().AddSingleton<IDue, SegmentsDue>();
        services.AddSingleton<ISegmentCatalogue>(provider => provider.GetRequiredService<SegmentStore>());
        services.AddSingleton<IPassPart, AccountsPart>();
        services.AddNotificationHandlers(typeof(AccountsModule).Assembly);
        services.AddValidators(typeof(AccountsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAccounts();

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<AccountStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<OrderStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<SegmentStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<SettingsStore>().SealAllAsync(stopping);
    }
}
