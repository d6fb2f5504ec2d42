using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EmbeddedStore.Storage;

/// <summary>
/// Moves the write-ahead log into the database on a connection and a thread of its own. Nearly all of it happens beside the
/// writer; only the last few pages, written meanwhile, are moved while commits wait, so that the log can begin anew. It begins anew in
/// the same file: to write over what is there is much cheaper than to let a file grow.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const long WorthMoving = 8 << 20;
    private const long WorthWaiting = 32 << 20;
    private const long WorthTruncating = 4 * WorthWaiting;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string log;
    private readonly Journal journal;
    private readonly SqliteConnection connection;
    private readonly object fileGate;
    private readonly ILogger logger;
    private readonly ManualResetEventSlim stopping = new();
    private readonly Lock turn = new();
    private readonly Thread thread;
    private long begun;
    private long moved;
    private bool failing;

    public Checkpointer(string path, Journal journal, object fileGate, ILogger logger)
    {
        (log, this.journal, this.fileGate, this.logger) = (path + "-wal", journal, fileGate, logger);
        // Note: what a crash has left in the log counts as written before we began to count.
        begun = moved = -Length;
        connection = StoreFile.Connect(path, create: false);
        // Note: SQLite looks for the log when a connection reads for the first time; a checkpoint on one that never has does nothing, and says OK.
        StoreFile.Scalar(connection, "PRAGMA schema_version");
        thread = new Thread(Run) { IsBackground = true, Name = "EmbeddedStore checkpoint", Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    public void Dispose()
    {
        stopping.Set();
        thread.Join();
        connection.Dispose();
        stopping.Dispose();
    }

    /// <summary>Moves everything and cuts the log off, so that nothing deleted stays in it. False: somebody reads the file, a backup for example.</summary>
    public bool Empty()
    {
        lock (turn)
            lock (fileGate)
                return Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
    }

    private void Run()
    {
        while (!stopping.Wait(Pause))
        {
            try
            {
                lock (turn)
                    Move();
                failing = false;
            }
            catch (Exception error) when (error is SqliteException or IOException)
            {
                // Note: nothing is lost: the log keeps what could not be moved, and the next round tries again.
                if (!failing)
                    logger.LogWarning(error, "The write-ahead log could not be moved into the file; this is tried again until it can.");
                failing = true;
            }
        }
    }

    private long Length => new FileInfo(log) is { Exists: true } file ? file.Length : 0;

    private void Move()
    {
        var written = journal.Logged;
        if (written - moved < WorthMoving && written - begun < WorthWaiting)
            return;
        Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        moved = written;
        if (written - begun < WorthWaiting)
            return;
        Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        lock (fileGate)
        {
            if (Checkpoint(Length > WorthTruncating ? raw.SQLITE_CHECKPOINT_TRUNCATE : raw.SQLITE_CHECKPOINT_RESTART))
                begun = moved = journal.Logged;
        }
    }

    /// <summary>False: somebody reads the file, and the log cannot begin anew.</summary>
    private bool Checkpoint(int mode)
    {
        journal.Marks.CheckpointBegins();
        var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out _, out _);
        journal.Marks.CheckpointEnds();
        if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), result);
        return result == raw.SQLITE_OK;
    }
}
