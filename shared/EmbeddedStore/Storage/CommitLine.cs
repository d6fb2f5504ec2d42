using System.Diagnostics;
using EmbeddedStore.Collections;
using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Storage;

/// <summary>
/// Group commit. Writers change the memory one at a time and leave their rows in the open group; one thread takes group after
/// group to the disk, shows it to the readers and only then acknowledges it. A group that does not reach the disk is taken back out of
/// the memory, with all that came after it.
/// </summary>
internal sealed class CommitLine : IDisposable
{
    private readonly object gate = new();
    private readonly string path;
    private readonly Journal journal;
    private readonly ICommitMemory memory;
    private readonly CommitFaults faults;
    private readonly StoreMetrics metrics;
    private readonly WriteGate writes;
    private readonly Room room;
    private readonly Thread thread;
    private CommitGroup open = new();
    private CommitGroup? underWay;
    private bool stopping;

    public CommitLine(string path, Journal journal, ICommitMemory memory, CommitFaults faults, StoreMetrics metrics, WriteGate writes, Room room)
    {
        (this.path, this.journal, this.memory, this.faults, this.metrics, this.writes, this.room) = (path, journal, memory, faults, metrics, writes, room);
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
            ObjectDisposedException.ThrowIf(stopping, this);
            writes.ThrowIfClosed();
            try
            {
                result = work(open.Changes);
                faults.InLock?.Invoke();
            }
            catch (Exception error) when (IsRefusal(error))
            {
                (result, refused) = (default!, error);
            }
            catch (Exception error)
            {
                throw Fail(error);
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
        if (writes.Status.Condition == StoreCondition.TakesWrites)
            End();
        journal.Dispose();
    }

    // Note: without it nothing is missing but a number.
    private void End()
    {
        try
        {
            journal.End();
        }
        catch (SqliteException error)
        {
            journal.TakeBack(error);
        }
    }

    /// <summary>What a statement may end with: it is thrown before the statement changes anything. Whatever else is thrown may have left half a change.</summary>
    private static bool IsRefusal(Exception error) => error is CommandException or DuplicateKeyException or OperationCanceledException or OutageException;

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

    private void Run()
    {
        try
        {
            while (Next() is { } group)
            {
                try
                {
                    Commit(group);
                }
                catch (SqliteException error) when (TakeBack(error))
                {
                    GiveUp(group, error);
                    WaitForRoom();
                    continue;
                }
                Publish(group);
            }
        }
        catch (Exception error)
        {
            Fail(error is SqliteException sqlite ? StoreFile.Explain(path, sqlite) : error);
        }
    }

    private CommitGroup? Next()
    {
        lock (gate)
        {
            underWay = null;
            while (open.Changes.Count == 0 || writes.IsFailed)
            {
                if (stopping || writes.IsFailed)
                    return null;
                Monitor.Wait(gate);
            }
            underWay = open;
            open = new CommitGroup();
            room.Close();
            memory.Freeze(underWay);
            return underWay;
        }
    }

    private void Commit(CommitGroup group)
    {
        var started = Stopwatch.GetTimestamp();
        lock (FileGate)
        {
            faults.BeforeCommit?.Invoke();
            journal.LimitTo(faults.MostPages);
            journal.Commit(group.Changes);
            room.Settle(journal);
        }
        metrics.Committed(group.Changes.Count, Stopwatch.GetElapsedTime(started));
    }

    private static void Publish(CommitGroup group)
    {
        foreach (var publication in group.Publications)
            publication();
        group.Acknowledge();
    }

    private bool TakeBack(SqliteException error)
    {
        lock (FileGate)
            return journal.TakeBack(error);
    }

    // Note: what came after the group was built on it.
    private void GiveUp(CommitGroup group, SqliteException error)
    {
        lock (gate)
        {
            var outage = writes.Close(CommitFailure.Explain(path, error));
            var after = open;
            (open, underWay) = (new CommitGroup(), null);
            memory.TakeBack([.. group.Changes, .. after.Changes]);
            room.Reset();
            group.Fail(outage);
            after.Fail(outage);
        }
    }

    private void WaitForRoom()
    {
        while (true)
        {
            lock (gate)
            {
                if (!stopping)
                    Monitor.Wait(gate, faults.ProbePause);
                if (stopping || writes.IsFailed)
                    return;
            }
            if (Probe())
            {
                writes.Open();
                return;
            }
        }
    }

    private bool Probe()
    {
        try
        {
            lock (FileGate)
            {
                faults.BeforeCommit?.Invoke();
                journal.LimitTo(faults.MostPages);
                journal.Probe();
            }
            return true;
        }
        catch (SqliteException error) when (TakeBack(error))
        {
            return false;
        }
    }

    private OutageException Fail(Exception error)
    {
        lock (gate)
        {
            var outage = writes.Fail(error);
            open.Fail(outage);
            // Note: a group under way was whole before this happened, and may still be written, unless it is what failed.
            if (Thread.CurrentThread == thread)
                underWay?.Fail(outage);
            Monitor.PulseAll(gate);
            return outage;
        }
    }
}
