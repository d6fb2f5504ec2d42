using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Auth;

/// <summary>
/// What must be done from time to time: know the keys that other hosts made, rotate old ones, forget old sign-ins, erase who has left.
/// </summary>
internal sealed class AuthUpkeep(KeyRing ring, AuthorizationStore authorizations, DueLeavers leavers, TimeProvider time, ILogger<AuthUpkeep> log) : BackgroundService
{
    private const int RoundsBetweenTidying = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await ring.ReloadAsync(stoppingToken);
                await leavers.RunAsync(stoppingToken);
                if (round % RoundsBetweenTidying == 0)
                    await TidyAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning(error, "The upkeep of keys and sign-ins failed; it is tried again in a minute");
            }
        }
    }

    private async Task TidyAsync(CancellationToken cancellation)
    {
        await ring.TidyAsync(cancellation);
        await authorizations.PruneAsync(time.GetUtcNow() - TokenServer.RefreshTokenLifetime, cancellation);
    }
}
