using Microsoft.Extensions.Hosting;

namespace Loyalty.Modularity;

/// <summary>Starts the modules in order and stops them in reverse, only those that were started.</summary>
internal sealed class ModuleStarter(IReadOnlyList<AppModule> modules, IServiceProvider services, HostProgress progress) : IHostedService
{
    private readonly Stack<AppModule> started = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var module in modules)
        {
            try
            {
                await module.OnStartAsync(services, cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw ModularApplication.Failed(module, "start", error);
            }
            started.Push(module);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        while (started.TryPop(out var module))
        {
            progress.Stops(module.GetType().Name);
            await module.OnStopAsync(services, cancellationToken);
        }
    }
}
