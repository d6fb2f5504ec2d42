using System.Diagnostics.Metrics;

namespace EmbeddedStore.Storage;

/// <summary>The meter <c>EmbeddedStore</c> of one store.</summary>
internal sealed class StoreMetrics : IDisposable
{
    public const string MeterName = "EmbeddedStore";

    private readonly Meter meter = new(MeterName);
    private readonly Histogram<double> commands;
    private readonly Histogram<long> groupSize;
    private readonly Histogram<double> commitTime;

    public StoreMetrics(string path)
    {
        commands = meter.CreateHistogram<double>("embedded_store.command.duration", "s", "How long commands took, by name; its count is the number of operations.");
        groupSize = meter.CreateHistogram<long>("embedded_store.commit.rows", "{row}", "How many rows one commit wrote.");
        commitTime = meter.CreateHistogram<double>("embedded_store.commit.duration", "s", "How long commits took.");
        meter.CreateObservableGauge("embedded_store.file.size", () => SizeOf(path), "By", "Size of the file.");
        meter.CreateObservableGauge("embedded_store.log.size", () => SizeOf(path + "-wal"), "By", "Size of the write-ahead log.");
    }

    public void Committed(int rows, TimeSpan duration)
    {
        groupSize.Record(rows);
        commitTime.Record(duration.TotalSeconds);
    }

    public void Ran(string command, TimeSpan duration, bool failed)
    {
        if (commands.Enabled)
            commands.Record(duration.TotalSeconds, new("command", command), new("failed", failed));
    }

    public void Watch(Func<long> documents, Func<long> bytes, Func<int> cursors, Func<int> running)
    {
        meter.CreateObservableGauge("embedded_store.documents", documents, "{document}", "Documents, all of them in memory.");
        meter.CreateObservableGauge("embedded_store.documents.size", bytes, "By", "Bytes of the documents, without indexes.");
        meter.CreateObservableGauge("embedded_store.cursors", cursors, "{cursor}", "Open cursors.");
        meter.CreateObservableGauge("embedded_store.commands.running", running, "{command}", "Commands under way.");
    }

    public void Dispose() => meter.Dispose();

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
