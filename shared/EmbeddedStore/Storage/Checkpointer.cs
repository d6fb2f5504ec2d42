using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace EmbeddedStore.Storage;

/// <summary>
/// Moves the write-ahead log into the database on a connection and a thread of its own. Nearly all of it happens beside the
/// writer; only the last few pages, written meanwhile, are moved while commits wait, so that the log can begin anew.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const long WorthMoving = 8 << 20;
    private const long WorthWaiting = 32 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string log;
    private readonly SqliteConnection connection;
    private readonly object fileGate;
    private readonly ILogger logger;
    private readonly ManualResetEventSlim stopping = new();
    private readonly Thread thread;
    private long movedAt;

    public Checkpointer(string path, object fileGate, ILogger logger)
    {
        (log, this.fileGate, this.logger) = (path + "-wal", fileGate, logger);
        connection = StoreFile.Connect(path, create: false);
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

    private void Run()
    {
        while (!stopping.Wait(Pause))
        {
            try
            {
                Move();
            }
            catch (Exception error) when (error is SqliteException or IOException)
            {
                // Note: nothing is lost: the log keeps what could not be moved, and the next round tries again.
                logger.LogWarning(error, "The write-ahead log could not be checkpointed.");
            }
        }
    }

    private void Move()
    {
        var length = new FileInfo(log) is { Exists: true } file ? file.Length : 0;
        if (length < movedAt)
            movedAt = 0;
        if (length - movedAt < WorthMoving && length < WorthWaiting)
            return;
        Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        movedAt = length;
        if (length < WorthWaiting)
            return;
        Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
        lock (fileGate)
            Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
        movedAt = 0;
    }

    private void Checkpoint(int mode)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out _, out _);
        if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), result);
    }
}
