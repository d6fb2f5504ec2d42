using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Modularity;

/// <summary>
/// Notes which hosted service is being stopped. Services stop in reverse, so the mark behind a service is reached just
/// before it.
/// </summary>
internal sealed class StopMark(IServiceProvider services, HostProgress progress) : IHostedService
{
    /// <summary>Puts a mark behind every hosted service that is registered.</summary>
    public static void AddTo(IServiceCollection services)
    {
        for (var index = services.Count - 1; index >= 0; index--)
            if (services[index].ServiceType == typeof(IHostedService))
                services.Insert(index + 1, ServiceDescriptor.Singleton<IHostedService>(Create));
    }

    private static StopMark Create(IServiceProvider provider) => ActivatorUtilities.CreateInstance<StopMark>(provider);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        var marked = services.GetServices<IHostedService>().TakeWhile(service => service != this).Last();
        progress.Stops(marked.GetType().Name);
        return Task.CompletedTask;
    }
}
