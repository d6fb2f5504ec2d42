using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Loyalty.Events;

/// <summary>The inbox that everything goes through, and the passes that decide what is in it.</summary>
[DependsOn(typeof(MongoModule), typeof(MessagingModule), typeof(WebModule), typeof(AuthModule))]
public sealed class EventsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        services.AddSingleton(context.Configuration.GetSection("Events").Get<EventsOptions>() ?? new EventsOptions());
        services.AddSingleton<InboxStore>();
        services.AddSingleton<PassStore>();
        services.AddSingleton<MarksUnderWay>();
        services.AddSingleton<OldRecords>();
        services.AddSingleton<DecidingLease>();
        services.AddSingleton<PositionClock>();
        services.AddSingleton<Waiters>();
        services.AddSingleton<PassSignal>();
        services.AddSingleton<PostBox>();
        services.AddSingleton<StopDead>();
        services.AddSingleton<Decider>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<PostEvent>();
        services.AddSingleton<RequestStore>();
        services.AddSingleton<IPassPart, ParkedPart>();
        services.AddNotificationHandlers(typeof(EventsModule).Assembly);
        services.AddSingleton<IInbox, Inbox>();
        services.AddSingleton<DueSchedule>();
        services.AddQuartz();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<PassRunner>();
        services.AddValidators(typeof(EventsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapEvents();

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        await services.GetRequiredService<InboxStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<RequestStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<DueSchedule>().PrepareAsync(stopping);
    }
}
