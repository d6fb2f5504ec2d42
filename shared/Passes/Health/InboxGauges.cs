using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Passes.Health;

/// <summary>Looks at the inbox every few seconds: how much waits, how long the oldest has waited, how many entries are parked.</summary>
internal sealed class InboxGauges : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly InboxStore inbox;
    private readonly TimeProvider time;
    private readonly ILogger<InboxGauges> log;
    private readonly Meter meter;
    private Look last = new(0, 0, 0, null);

    public InboxGauges(InboxStore inbox, IMeterFactory meters, TimeProvider time, ILogger<InboxGauges> log)
    {
        (this.inbox, this.time, this.log) = (inbox, time, log);
        meter = meters.Create(PassProgress.MeterName);
        meter.CreateObservableGauge("loyalty.inbox.pending", () => last.Pending, "{entry}", "Entries that wait to be decided.");
        meter.CreateObservableGauge("loyalty.inbox.waiting", () => last.Waiting, "{entry}", "Entries that wait behind parked ones.");
        meter.CreateObservableGauge("loyalty.inbox.parked", () => last.Parked, "{entry}", "Entries that an operator has to retry or discard.");
        meter.CreateObservableGauge("loyalty.inbox.oldest", () => OldestAge.TotalSeconds, "s", "How long the oldest entry that is to be decided has waited.");
    }

    /// <summary>How long the oldest entry that is to be decided has waited.</summary>
    public TimeSpan OldestAge => last.Oldest is { } oldest && time.GetUtcNow() - oldest is { Ticks: > 0 } age ? age : TimeSpan.Zero;

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                last = new(
                    await inbox.CountAsync(EntryState.Pending, stoppingToken), await inbox.CountAsync(EntryState.Waiting, stoppingToken),
                    await inbox.CountAsync(EntryState.Parked, stoppingToken), await inbox.OldestPendingAsync(stoppingToken));
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogWarning(error, "The inbox could not be looked at; it is tried again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private sealed record Look(long Pending, long Waiting, long Parked, DateTimeOffset? Oldest);
}
