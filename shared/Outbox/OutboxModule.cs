using Loyalty.Auth;
using Loyalty.Modularity;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Loyalty.Outbox;

/// <summary>What leaves the application: signed webhooks, retried until they arrive or are given up.</summary>
[DependsOn(typeof(PassesModule))]
public sealed class OutboxModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        var services = context.Services;
        services.AddSingleton((context.Configuration.GetSection("Outbox").Get<OutboxOptions>() ?? new OutboxOptions()).Checked());
        services.AddSingleton<OutboxStore>().AddSingleton<OutboxSignal>().AddSingleton<OutboxChannels>().AddSingleton<Delivery>().AddSingleton<OutboxLine>();
        services.AddSingleton<IOutbox>(provider => provider.GetRequiredService<OutboxStore>());
        services.AddSingleton<INotificationHandler<TenantDeleted>, OnTenantDeleted>();
        services.AddHostedService<OutboxWorker>();
        AddToPasses(services);
    }

    public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping) =>
        services.GetRequiredService<OutboxStore>().CreateIndexesAsync(stopping);

    internal static void AddToPasses(IServiceCollection services)
    {
        services.AddPassAdditions<OutboxItem>(OutboxStore.Name);
        services.AddEntryHandlers(typeof(OutboxModule).Assembly);
    }
}
