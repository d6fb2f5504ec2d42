using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Storage;

/// <summary>
/// Numbers the logs that a file has had. The number stands in the file's header, and the first transaction of each log raises it by one;
/// so a log shows at its beginning which state of which file it continues (<see cref="LogCheck"/>). Note: SQLite begins the log anew by itself, in any
/// transaction that begins after a checkpoint has moved everything; so each that may be the first carries the number.
/// </summary>
internal sealed class LogMarks(SqliteConnection connection)
{
    private int number = StoreHeader.LogOf(StoreFile.Scalar(connection, "PRAGMA user_version"));
    private long checkpoints;
    private long marked = -1;
    private int running;

    /// <summary>Around every checkpoint, on any thread.</summary>
    public void CheckpointBegins()
    {
        Interlocked.Increment(ref running);
        Due();
    }

    public void CheckpointEnds()
    {
        Due();
        Interlocked.Decrement(ref running);
    }

    /// <summary>The next transaction may be the first of a log.</summary>
    public void Due() => Interlocked.Increment(ref checkpoints);

    /// <summary>At the beginning of a transaction, once it is decided where in the log it will lie.</summary>
    public Mark Begin()
    {
        var seen = Interlocked.Read(ref checkpoints);
        if (seen == marked && Volatile.Read(ref running) == 0)
            return new(number, seen);
        var next = StoreHeader.Next(number);
        StoreFile.Execute(connection, $"PRAGMA user_version={StoreHeader.VersionOf(next)}");
        return new(next, seen);
    }

    public void Committed(Mark mark) => (number, marked) = (mark.Number, mark.Seen);

    internal readonly record struct Mark(int Number, long Seen);
}
