using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Loyalty.Passes.Health;

/// <summary>Unhealthy when entries have waited too long without a pass, on whichever host decides.</summary>
internal sealed class DecidingHealth(PassProgress progress, InboxGauges inbox) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var data = new Dictionary<string, object> { ["deciding"] = progress.IsDeciding, ["oldestEntrySeconds"] = Math.Round(inbox.OldestAge.TotalSeconds, 1) };
        if (progress.SincePassed > Patience && progress.Failure is { } failure)
            return HealthCheckResult.Unhealthy($"Nothing has been decided for {progress.SincePassed.TotalSeconds:0} s: {failure.Message}", failure, data);
        if (progress.IsDeciding && progress.SincePassed > Patience)
            return HealthCheckResult.Unhealthy($"The pass that is being decided has not ended for {progress.SincePassed.TotalSeconds:0} s.", null, data);
        return !progress.IsDeciding && inbox.OldestAge > Patience
            ? HealthCheckResult.Unhealthy($"Entries have waited for {inbox.OldestAge.TotalSeconds:0} s to be decided.", null, data)
            : HealthCheckResult.Healthy(null, data);
    }
}
