using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedStore.Storage;

/// <summary>Writes groups of changes to the file, each group in one transaction that is on disk when <see cref="Commit"/> returns.</summary>
internal sealed class Journal(SqliteConnection connection) : IDisposable
{
    private const int ProbeBytes = 1 << 20;

    private readonly Statement begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement commit = new(connection, "COMMIT");
    private readonly Statement rollback = new(connection, "ROLLBACK");
    private readonly Statement addCollection = new(connection, "INSERT INTO collections(id, name) VALUES(?1, ?2)");
    private readonly Statement dropCollection = new(connection, "DELETE FROM collections WHERE id=?1");
    private readonly Statement dropIndexes = new(connection, "DELETE FROM indexes WHERE collection=?1");
    private readonly Statement putIndex = new(connection, "INSERT OR REPLACE INTO indexes(collection, name, definition) VALUES(?1, ?2, ?3)");
    private readonly Statement dropIndex = new(connection, "DELETE FROM indexes WHERE collection=?1 AND name=?2");
    private readonly Dictionary<int, (Statement Put, Statement Delete)> rows = [];
    private long logged;
    private int? mostPages;

    /// <summary>How many bytes have been written to the log so far, on any thread.</summary>
    public long Logged => Interlocked.Read(ref logged);

    /// <summary>The number of the log, by which it is known at the next start that it belongs to this file.</summary>
    public LogMarks Marks { get; } = new(connection);

    public void Commit(IReadOnlyList<Change> changes) => InTransaction(() =>
    {
        for (var i = 0; i < changes.Count; i++)
            Write(changes[i]);
    });

    /// <summary>
    /// Undoes what a failed commit has begun. False where nobody can know what the file holds: what was to be written must not be told as
    /// refused then.
    /// </summary>
    public bool TakeBack(SqliteException error)
    {
        // Note: statements of a collection that the transaction has made are of no use any more; the others are prepared anew.
        foreach (var collection in rows.Keys.ToArray())
            Close(collection);
        if (!CommitFailure.MayBeTakenBack(error))
            return false;
        try
        {
            if (IsInTransaction)
                rollback.Run();
        }
        catch (SqliteException)
        {
            return false;
        }
        return !IsInTransaction;
    }

    /// <summary>Whether a megabyte can be written, and taken away again: as much as a commit needs, and through the same files.</summary>
    public void Probe()
    {
        InTransaction(() => StoreFile.Execute(connection, $"DROP TABLE IF EXISTS probe; CREATE TABLE probe(body BLOB); INSERT INTO probe VALUES(zeroblob({ProbeBytes}))"));
        InTransaction(() => StoreFile.Execute(connection, "DROP TABLE probe"));
    }

    public long UsedBytes() => StoreFile.UsedBytes(connection);

    /// <summary>A fault for tests: SQLite reports a full disk beyond that many pages.</summary>
    public void LimitTo(int? pages)
    {
        if (pages == mostPages)
            return;
        StoreFile.Execute(connection, $"PRAGMA max_page_count={pages ?? int.MaxValue}");
        mostPages = pages;
    }

    /// <summary>The last transaction of all: from here on the log belongs to nothing any more.</summary>
    public void End()
    {
        Marks.Due();
        InTransaction(() => { });
    }

    public void Dispose()
    {
        foreach (var collection in rows.Keys.ToArray())
            Close(collection);
        foreach (var statement in new[] { begin, commit, rollback, addCollection, dropCollection, dropIndexes, putIndex, dropIndex })
            statement.Dispose();
        connection.Dispose();
    }

    private bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    private void InTransaction(Action write)
    {
        begin.Run();
        var mark = Marks.Begin();
        write();
        commit.Run();
        Marks.Committed(mark);
        Interlocked.Add(ref logged, StoreFile.TakePagesWritten(connection) * StoreFile.PageSize);
    }

    private void Write(in Change change)
    {
        switch (change.Kind)
        {
            case ChangeKind.Put:
                RowsOf(change.Collection).Put.Bind(1, change.Record).Bind(2, change.Body.Bytes).Run();
                break;
            case ChangeKind.Delete:
                RowsOf(change.Collection).Delete.Bind(1, change.Record).Run();
                break;
            case ChangeKind.CreateCollection:
                addCollection.Bind(1, change.Collection).Bind(2, change.Text).Run();
                StoreFile.Execute(connection, $"CREATE TABLE c{change.Collection}(record INTEGER PRIMARY KEY, body BLOB NOT NULL)");
                break;
            case ChangeKind.DropCollection:
                Close(change.Collection);
                dropCollection.Bind(1, change.Collection).Run();
                dropIndexes.Bind(1, change.Collection).Run();
                StoreFile.Execute(connection, $"DROP TABLE c{change.Collection}");
                break;
            case ChangeKind.PutIndex:
                putIndex.Bind(1, change.Collection).Bind(2, change.Text).Bind(3, change.Body.Bytes).Run();
                break;
            case ChangeKind.DropIndex:
                dropIndex.Bind(1, change.Collection).Bind(2, change.Text).Run();
                break;
        }
    }

    private (Statement Put, Statement Delete) RowsOf(int collection)
    {
        if (!rows.TryGetValue(collection, out var statements))
        {
            statements = (
                new(connection, $"INSERT OR REPLACE INTO c{collection}(record, body) VALUES(?1, ?2)"),
                new(connection, $"DELETE FROM c{collection} WHERE record=?1"));
            rows.Add(collection, statements);
        }
        return statements;
    }

    private void Close(int collection)
    {
        if (!rows.Remove(collection, out var statements))
            return;
        statements.Put.Dispose();
        statements.Delete.Dispose();
    }
}
