using Loyalty.Auth;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Loyalty.Passes;

/// <summary>The inbox that every change goes through, and the passes that decide what is in it.</summary>
[DependsOn(typeof(MongoModule), typeof(MessagingModule), typeof(WebModule), typeof(AuthModule))]
public sealed class PassesModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        services.AddSingleton(context.Configuration.GetSection("Events").Get<PassesOptions>() ?? new PassesOptions());
        AddEngine(services);
        services.AddSingleton<DecidingLease>().AddSingleton<Waiters>().AddSingleton<PassSignal>().AddSingleton<DirectQueue>().AddSingleton<CrashPoints>();
        services.AddSingleton<PendingInboxUpdates>().AddSingleton<OldRecords>();
        services.AddSingleton<IInbox, EntryPoster>();
        services.AddSingleton<DueSchedule>();
        services.AddQuartz();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddSingleton<PassProgress>().AddSingleton<InboxGauges>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxGauges>());
        services.AddNotificationHandlers(typeof(PassesModule).Assembly);
        services.AddHostedService<PassRunner>();
        services.AddHealthChecks().AddCheck<DecidingHealth>("deciding");
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapPasses();

    public override async Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        // Note: made here, so that two handlers of one kind stop the start.
        services.GetRequiredService<PassParts>();
        await services.GetRequiredService<InboxStore>().CreateIndexesAsync(stopping);
        await services.GetRequiredService<DueSchedule>().PrepareAsync(stopping);
    }

    /// <summary>What deciding takes, without the loop that does it all the time.</summary>
    internal static void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<InboxStore>().AddSingleton<PassStore>().AddSingleton<PositionClock>();
        services.AddSingleton<IOutcomes>(provider => provider.GetRequiredService<InboxStore>());
        services.AddSingleton<IEntryLog>(provider => provider.GetRequiredService<InboxStore>());
        services.AddSingleton<PassMemories>().AddSingleton<PassParts>().AddSingleton<PassLoader>().AddSingleton<Decider>();
        services.AddEntryHandlers(typeof(PassesModule).Assembly);
        services.AddPassDocuments(new PassCollection<Chain>(Chain.Collection));
    }
}
