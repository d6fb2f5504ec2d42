using System.Diagnostics.Metrics;

namespace EmbeddedStore.Storage;

/// <summary>The meter <c>EmbeddedStore</c>.</summary>
internal static class StoreMetrics
{
    public const string MeterName = "EmbeddedStore";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<double> Commands = Meter.CreateHistogram<double>(
        "embedded_store.command.duration", "s", "How long commands took, by name; its count is the number of operations.");
    private static readonly Histogram<long> GroupSize = Meter.CreateHistogram<long>(
        "embedded_store.commit.rows", "{row}", "How many rows one commit wrote.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>(
        "embedded_store.commit.duration", "s", "How long commits took.");

    public static void Committed(int rows, TimeSpan duration)
    {
        GroupSize.Record(rows);
        CommitTime.Record(duration.TotalSeconds);
    }

    public static void Ran(string command, TimeSpan duration, bool failed) =>
        Commands.Record(duration.TotalSeconds, new("command", command), new("failed", failed));
}
