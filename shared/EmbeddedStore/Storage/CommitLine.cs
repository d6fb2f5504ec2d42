using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Storage;

/// <summary>
/// Group commit. Writers change the memory one at a time and leave their rows in the open group; one thread takes group after
/// group to the disk, shows it to the readers and only then acknowledges it.
/// </summary>
internal sealed class CommitLine : IDisposable
{
    private readonly object gate = new();
    private readonly Journal journal;
    private readonly CommitFaults faults;
    private readonly StoreMetrics metrics;
    private readonly ILogger logger;
    private readonly string path;
    private readonly Action<CommitGroup> freeze;
    private readonly Thread thread;
    private CommitGroup open = new();
    private CommitGroup? underWay;
    private Exception? failure;
    private bool stopping;

    // Note: freeze is called in the write lock when a group closes, and adds what is to be published.
    public CommitLine(string path, Journal journal, CommitFaults faults, StoreMetrics metrics, ILogger logger, Action<CommitGroup> freeze)
    {
        (this.path, this.journal, this.faults, this.metrics, this.logger, this.freeze) = (path, journal, faults, metrics, logger, freeze);
        thread = new Thread(Run) { IsBackground = true, Name = "EmbeddedStore commit" };
        thread.Start();
    }

    /// <summary>Held while a group is written: whoever must keep the file still for a moment takes it.</summary>
    public object FileGate { get; } = new();

    /// <summary>Runs <paramref name="work"/> alone, and completes when everything it saw or changed is on disk.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<List<Change>, T> work)
    {
        T result;
        Task durable;
        Exception? refused = null;
        lock (gate)
        {
            ThrowIfFailed();
            try
            {
                result = work(open.Changes);
            }
            catch (Exception error)
            {
                (result, refused) = (default!, error);
            }
            durable = Ticket();
        }
        // Note: even a write that changed nothing waits for the changes it saw.
        await durable;
        return refused is null ? result : throw refused;
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.PulseAll(gate);
        }
        thread.Join();
        journal.Dispose();
    }

    private Task Ticket()
    {
        if (open.Changes.Count == 0)
            return underWay?.Durable ?? Task.CompletedTask;
        if (underWay is null)
            Monitor.Pulse(gate);
        if (faults.AcknowledgeEarly)
            return Task.CompletedTask;
        return open.Durable;
    }

    private void ThrowIfFailed()
    {
        if (failure is not null)
            throw new StoreFileException($"{path} takes no more writes since one failed: {failure.Message}", failure);
        ObjectDisposedException.ThrowIf(stopping, this);
    }

    private void Run()
    {
        while (Next() is { } group)
        {
            try
            {
                var started = Stopwatch.GetTimestamp();
                lock (FileGate)
                {
                    faults.BeforeCommit?.Invoke();
                    if (faults.MostPages is { } pages)
                        journal.LimitTo(pages);
                    journal.Commit(group.Changes);
                }
                metrics.Committed(group.Changes.Count, Stopwatch.GetElapsedTime(started));
            }
            catch (Exception error)
            {
                Poison(group, error is SqliteException sqlite ? StoreFile.Explain(path, sqlite) : error);
                return;
            }
            Publish(group);
        }
    }

    private CommitGroup? Next()
    {
        lock (gate)
        {
            underWay = null;
            while (open.Changes.Count == 0)
            {
                if (stopping)
                    return null;
                Monitor.Wait(gate);
            }
            underWay = open;
            open = new CommitGroup();
            freeze(underWay);
            return underWay;
        }
    }

    private static void Publish(CommitGroup group)
    {
        foreach (var publication in group.Publications)
            publication();
        group.Acknowledge();
    }

    // Note: after a failed COMMIT nobody knows what the file holds, so nothing more is promised until it was read again.
    private void Poison(CommitGroup group, Exception error)
    {
        logger.LogCritical(error, "The embedded store stops taking writes: {Reason}", error.Message);
        lock (gate)
        {
            failure = error;
            group.Fail(error);
            open.Fail(error);
        }
    }
}
