using Loyalty.Accounts;
using Loyalty.Campaigns;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Stats;

/// <summary>What happened in campaigns and segments, counted.</summary>
[DependsOn(typeof(EventsModule), typeof(AccountsModule), typeof(CampaignsModule))]
public sealed class StatsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        context.Services.AddSingleton<FactStore>().AddSingleton<DayStore>().AddSingleton<TotalStore>().AddSingleton<MoveStore>().AddSingleton<SegmentDayStore>();
        context.Services.AddSingleton<IPassPart, StatsPart>();
        context.Services.AddNotificationHandlers(typeof(StatsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapStats();

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<FactStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<DayStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<MoveStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<SegmentDayStore>().CreateIndexesAsync(stopping);
    }
}
