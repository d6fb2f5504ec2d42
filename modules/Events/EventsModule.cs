using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Modularity;
using Loyalty.Web;
using MediatR;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Events;

/// <summary>The door: the kinds of events, how they are taken in, and what became of them.</summary>
[DependsOn(typeof(PassesModule))]
public sealed class EventsModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        services.AddSingleton<EventReader>().AddSingleton<PostEvent>().AddSingleton<RequestStore>();
        services.AddOutcomeDetails<EventDetails>();
        foreach (var kind in LoyaltyEvent.Kinds.Keys)
            services.RequireEntryHandler(kind);
        services.AddSingleton<INotificationHandler<TenantDeleted>, OnTenantDeleted>();
        services.AddValidators(typeof(EventsModule).Assembly);
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapEvents();

    public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping) =>
        services.GetRequiredService<RequestStore>().CreateIndexesAsync(stopping);
}
