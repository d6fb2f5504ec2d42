using EmbeddedStore.Storage;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

public sealed class BackupTests : IAsyncDisposable
{
    private readonly TestStore store = new();

    private string Backup => store.FilePath + ".backup";

    private string Restored => store.FilePath + ".restored";

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_backup_taken_under_writers_holds_everything_acknowledged_before()
    {
        var acknowledged = 0;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var id = 1; !stop.IsCancellationRequested; id++)
            {
                await store.Collection().InsertOneAsync(new BsonDocument("_id", id));
                Volatile.Write(ref acknowledged, id);
            }
        });
        while (Volatile.Read(ref acknowledged) < 100)
            await Task.Delay(5);
        var before = Volatile.Read(ref acknowledged);
        EmbeddedMongo.Backup(store.FilePath, Backup);
        await stop.CancelAsync();
        await writing;
        EmbeddedMongo.Restore(Backup, Restored);
        var ids = Read(Restored).Select(row => row["_id"].AsInt32).ToList();
        Assert.True(ids.Count >= before);
        Assert.Equal(Enumerable.Range(1, ids.Count), ids);
    }

    [Fact]
    public void Neither_a_backup_nor_a_restore_overwrites_a_file()
    {
        EmbeddedMongo.Backup(store.FilePath, Backup);
        Assert.Throws<StoreFileException>(() => EmbeddedMongo.Backup(store.FilePath, Backup));
        Assert.Throws<StoreFileException>(() => EmbeddedMongo.Restore(Backup, store.FilePath));
    }

    [Fact]
    public void Refuses_to_restore_a_damaged_backup()
    {
        store.Collection().InsertMany(Enumerable.Range(0, 500).Select(id => new BsonDocument { { "_id", id }, { "text", new string('x', 500) } }));
        EmbeddedMongo.Backup(store.FilePath, Backup);
        using (var file = File.OpenWrite(Backup))
        {
            file.Position = 4096 * 10;
            file.Write(new byte[4096 * 4]);
        }
        Assert.Throws<StoreFileException>(() => EmbeddedMongo.Restore(Backup, Restored));
        Assert.False(File.Exists(Restored));
    }

    private static List<BsonDocument> Read(string path)
    {
        using var server = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path });
        return new MongoClient(server.CreateClientSettings()).GetDatabase("test").GetCollection<BsonDocument>("things").Find("{}").ToList();
    }
}
