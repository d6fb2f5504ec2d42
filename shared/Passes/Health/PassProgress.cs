using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Loyalty.Passes.Health;

/// <summary>How deciding gets on, for health and metrics.</summary>
internal sealed class PassProgress : IDisposable
{
    public const string MeterName = "Loyalty.Passes";

    private readonly Meter meter;
    private readonly TimeProvider time;
    private readonly Histogram<double> duration;
    private readonly Counter<long> entries;
    private long passedAt;
    private volatile Exception? failure;

    public PassProgress(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        meter = meters.Create(MeterName);
        passedAt = time.GetTimestamp();
        duration = meter.CreateHistogram<double>("loyalty.pass.duration", "s", "How long passes take, from their entries to the written decision.");
        entries = meter.CreateCounter<long>("loyalty.pass.entries", "{entry}", "Entries that passes have ended, by kind and outcome.");
        meter.CreateObservableGauge("loyalty.pass.deciding", () => IsDeciding ? 1 : 0, null, "1 on the host that decides.");
    }

    public volatile bool IsDeciding;

    /// <summary>How long ago the last pass ended, or nothing was there to decide.</summary>
    public TimeSpan SincePassed => time.GetElapsedTime(Interlocked.Read(ref passedAt));

    /// <summary>What interrupted deciding since the last pass.</summary>
    public Exception? Failure => failure;

    public void Failed(Exception error) => failure = error;

    /// <summary>Another host decides.</summary>
    public void Standing() => failure = null;

    public void Passed()
    {
        failure = null;
        Interlocked.Exchange(ref passedAt, time.GetTimestamp());
    }

    public void Passed(IReadOnlyList<InboxEntry> decided, Decision decision, TimeSpan took)
    {
        Passed();
        duration.Record(took.TotalSeconds);
        var kinds = decided.ToDictionary(entry => entry.Id, entry => entry.Kind);
        foreach (var group in decision.Updates.GroupBy(update => (Kind: kinds.GetValueOrDefault(update.Id, ""), Result: ResultOf(update))))
            entries.Add(group.Count(), new TagList { { "kind", group.Key.Kind }, { "result", group.Key.Result } });
    }

    public void Dispose() => meter.Dispose();

    private static string ResultOf(InboxUpdate update) => update.State == EntryState.Done ? update.Outcome.Status.ToString() : update.State.ToString();
}
