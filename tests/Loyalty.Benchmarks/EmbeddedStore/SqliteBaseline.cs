using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Loyalty.Benchmarks.EmbeddedStore;

/// <summary>What somebody would write by hand with Microsoft.Data.Sqlite: one table, one writer that commits whoever waits together.</summary>
internal sealed class SqliteBaseline : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private readonly SqliteCommand select;
    private readonly Channel<(string Id, byte[] Body, TaskCompletionSource Done)> waiting = Channel.CreateUnbounded<(string, byte[], TaskCompletionSource)>();
    private readonly Task writing;

    public SqliteBaseline(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE rows(id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID");
        insert = Prepare("INSERT INTO rows(id, body) VALUES($id, $body)", "$id", "$body");
        select = Prepare("SELECT body FROM rows WHERE id=$id", "$id");
        writing = WriteAsync();
    }

    public Task InsertAsync(string id, byte[] body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Writer.TryWrite((id, body, done));
        return done.Task;
    }

    public void InsertTogether(IEnumerable<(string Id, byte[] Body)> rows)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var (id, body) in rows)
            Insert(id, body, transaction);
        transaction.Commit();
    }

    public byte[] Find(string id)
    {
        select.Parameters[0].Value = id;
        return (byte[])select.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await writing;
        await connection.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        while (await waiting.Reader.WaitToReadAsync())
            await Task.Factory.StartNew(WriteGroup, TaskCreationOptions.LongRunning);
    }

    private void WriteGroup()
    {
        var group = new List<TaskCompletionSource>();
        using (var transaction = connection.BeginTransaction())
        {
            while (waiting.Reader.TryRead(out var row))
            {
                Insert(row.Id, row.Body, transaction);
                group.Add(row.Done);
            }
            transaction.Commit();
        }
        group.ForEach(done => done.SetResult());
    }

    private void Insert(string id, byte[] body, SqliteTransaction transaction)
    {
        insert.Transaction = transaction;
        insert.Parameters[0].Value = id;
        insert.Parameters[1].Value = body;
        insert.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter, parameter == "$id" ? SqliteType.Text : SqliteType.Blob);
        command.Prepare();
        return command;
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
