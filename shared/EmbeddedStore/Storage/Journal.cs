using Microsoft.Data.Sqlite;

namespace EmbeddedStore.Storage;

/// <summary>Writes groups of changes to the file, each group in one transaction that is on disk when <see cref="Commit"/> returns.</summary>
internal sealed class Journal(SqliteConnection connection) : IDisposable
{
    private readonly Statement begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement commit = new(connection, "COMMIT");
    private readonly Statement addCollection = new(connection, "INSERT INTO collections(id, name) VALUES(?1, ?2)");
    private readonly Statement dropCollection = new(connection, "DELETE FROM collections WHERE id=?1");
    private readonly Statement dropIndexes = new(connection, "DELETE FROM indexes WHERE collection=?1");
    private readonly Statement putIndex = new(connection, "INSERT OR REPLACE INTO indexes(collection, name, definition) VALUES(?1, ?2, ?3)");
    private readonly Statement dropIndex = new(connection, "DELETE FROM indexes WHERE collection=?1 AND name=?2");
    private readonly Dictionary<int, (Statement Put, Statement Delete)> rows = [];
    private long logged;

    /// <summary>How many bytes have been written to the log so far, on any thread.</summary>
    public long Logged => Interlocked.Read(ref logged);

    public void Commit(IReadOnlyList<Change> changes)
    {
        begin.Run();
        for (var i = 0; i < changes.Count; i++)
            Write(changes[i]);
        commit.Run();
        Interlocked.Add(ref logged, StoreFile.TakePagesWritten(connection) * StoreFile.PageSize);
    }

    public void LimitTo(int pages) => StoreFile.Execute(connection, $"PRAGMA max_page_count={pages}");

    public void Dispose()
    {
        foreach (var collection in rows.Keys.ToArray())
            Close(collection);
        foreach (var statement in new[] { begin, commit, addCollection, dropCollection, dropIndexes, putIndex, dropIndex })
            statement.Dispose();
        connection.Dispose();
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
