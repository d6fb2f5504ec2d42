using Loyalty.Accounts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Campaigns;

/// <summary>Campaigns, the walks of members through them, and the coupons they give.</summary>
[DependsOn(typeof(EventsModule), typeof(AccountsModule))]
public sealed class CampaignsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        services.AddSingleton<CampaignStore>();
        services.AddSingleton<ICampaignCatalogue>(provider => provider.GetRequiredService<CampaignStore>());
        services.AddSingleton<MembershipStore>();
        services.AddSingleton<CouponStore>();
        services.AddSingleton<CouponLockStore>();
        services.AddSingleton<CouponJudge>();
        services.AddSingleton<CampaignCalls>();
        services.AddSingleton<PushClickStore>();
        services.AddSingleton<IDue, CampaignActivity>().AddSingleton<IDue, CouponExpiry>();
        services.AddSingleton<IPassPart, CampaignsPart>();
        services.AddDeliveries(context);
        services.AddNotificationHandlers(typeof(CampaignsModule).Assembly);
        services.AddValidators(typeof(CampaignsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapCampaigns();
        routes.MapDeliveries();
    }

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<CampaignStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<MembershipStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<CouponStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<CouponLockStore>().CreateIndexesAsync(stopping);
        await services.PrepareDeliveriesAsync(stopping);
    }
}
