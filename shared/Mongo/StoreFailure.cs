using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Mongo;

/// <summary>Ends the process when the embedded store has failed: only a new start can tell what the file holds.</summary>
internal sealed class StoreFailure(IHostApplicationLifetime lifetime, ILogger<StoreFailure> log)
{
    public const int ExitCode = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public void End(string reason)
    {
        log.LogCritical("The host ends with exit code {ExitCode} and must be started anew: {Reason}", ExitCode, reason);
        Environment.ExitCode = ExitCode;
        lifetime.StopApplication();
        // Note: whatever waits for a write that never comes must not hold the process.
        new Thread(EndAllTheSame) { IsBackground = true, Name = "End after a failed store" }.Start();
    }

    private static void EndAllTheSame()
    {
        Thread.Sleep(Patience);
        Environment.Exit(ExitCode);
    }
}
