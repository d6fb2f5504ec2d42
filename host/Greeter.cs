using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Loyalty.Host;

/// <summary>Once the host answers: finishes the demo, prints the banner, and says ready.</summary>
internal sealed class Greeter(IServer server, Demo demo, DemoLife life, DemoStateStore states, Banner banner, ILogger<Greeter> log)
    : IHostedLifecycleService, IHealthCheck
{
    private volatile bool ready;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = Address();
        DemoSecrets? fresh = null;
        var complete = false;
        try
        {
            fresh = await demo.PrepareAsync(cancellationToken);
            if (fresh is not null)
                await life.BreatheAsync(address, fresh.ClientSecret, cancellationToken);
            complete = true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogError(error, "The demo could not be made; the next start tries again");
        }
        var state = await states.FindAsync(cancellationToken);
        var mine = complete && fresh is not null && await demo.TryFinishAsync(cancellationToken);
        await Console.Out.WriteLineAsync(banner.Text(address, mine ? fresh : null, demo: state is not null));
        ready = true;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("starting"));

    /// <summary>Note: a wildcard is no address to call or to show.</summary>
    private Uri Address()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var first = addresses.Order().FirstOrDefault() ?? "http://localhost:5080";
        return new Uri(first.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        ready = false;
        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
