using Loyalty.Accounts;
using Loyalty.Campaigns;
using Loyalty.Events;
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
        context.Services.AddPassAdditions<Fact>(FactStore.Name).AddPassAdditions<SegmentMove>(MoveStore.Name);
        context.Services.AddPassDocuments(new PassCollection<CampaignDay>(DayStore.Name) { IsShared = true, Remembered = 10_000 });
        context.Services.AddPassDocuments(new PassCollection<CampaignTotal>(TotalStore.Name) { IsShared = true, Remembered = 10_000 });
        context.Services.AddPassDocuments(new PassCollection<SegmentDay>(SegmentDayStore.Name) { IsShared = true });
        context.Services.AddSingleton<IAfterEntries, CountFacts>().AddSingleton<IAfterEntries, CountMoves>();
        context.Services.AddEntryHandlers(typeof(StatsModule).Assembly);
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
