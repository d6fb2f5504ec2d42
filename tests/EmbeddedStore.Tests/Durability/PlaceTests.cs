using System.Diagnostics;
using EmbeddedStore.Storage;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

/// <summary>Where a store lies: who else may open it, who may read it, and what happens where it is not there.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedded-store-place-");

    private string FilePath => InFolder("store.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task No_link_to_the_file_or_its_folder_leads_around_the_lock()
    {
        await using (Open(FilePath))
        {
            File.CreateSymbolicLink(InFolder("link.db"), FilePath);
            File.CreateSymbolicLink(InFolder("link-to-link.db"), InFolder("link.db"));
            Directory.CreateSymbolicLink(InFolder("folder"), folder.FullName);
            foreach (var path in new[] { "link.db", "link-to-link.db", "folder/store.db", "./store.db" })
                Assert.Contains("in use", Refusal(InFolder(path)), StringComparison.Ordinal);
        }
        await using (var byLink = Open(InFolder("link-to-link.db")))
            Things(byLink).InsertOne(new BsonDocument("_id", 1));
        await using var again = Open(FilePath);
        Assert.Equal(1, Things(again).CountDocuments("{}"));
    }

    [Fact]
    public async Task No_file_that_somebody_deletes_lets_a_second_process_in()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(Victim).Assembly.Location);
        start.Environment[Victim.PathVariable] = FilePath;
        using var first = Process.Start(start)!;
        try
        {
            Assert.NotNull(await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            foreach (var file in folder.GetFiles().Where(file => file.Name is not ("store.db" or "store.db-wal" or "store.db-shm")))
                file.Delete();
            Assert.Contains("in use", Refusal(FilePath), StringComparison.Ordinal);
        }
        finally
        {
            first.Kill();
            await first.WaitForExitAsync(CancellationToken.None);
        }
        await using var second = Open(FilePath);
        Assert.Equal(StoreCondition.TakesWrites, second.Status.Condition);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_store_that_is_missing_or_empty_does_not_become_a_new_one(bool missing)
    {
        await Open(FilePath).DisposeAsync();
        EmbeddedMongo.Backup(FilePath, InFolder("backup.db"));
        if (missing)
            File.Delete(FilePath);
        else
            File.WriteAllBytes(FilePath, []);
        Assert.Contains("missing or empty", Refusal(FilePath), StringComparison.Ordinal);
        File.Delete(FilePath);
        EmbeddedMongo.Restore(InFolder("backup.db"), FilePath);
        await Open(FilePath).DisposeAsync();
    }

    [Fact]
    public async Task Without_its_marker_a_missing_store_is_made_anew()
    {
        await Open(FilePath).DisposeAsync();
        File.Delete(FilePath);
        File.Delete(FilePath + ".made");
        await Open(FilePath).DisposeAsync();
    }

    [Fact]
    public async Task A_log_without_its_file_is_refused()
    {
        await Open(FilePath).DisposeAsync();
        File.Delete(FilePath);
        File.Delete(FilePath + ".made");
        File.WriteAllBytes(FilePath + "-wal", new byte[5000]);
        Assert.Contains("its log", Refusal(FilePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_may_read_what_is_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        var path = InFolder("new/deeper/store.db");
        await using (var server = Open(path))
            Things(server).InsertOne(new BsonDocument("_id", 1));
        EmbeddedMongo.Backup(path, InFolder("backups/store.db"));
        EmbeddedMongo.Restore(InFolder("backups/store.db"), InFolder("restored/store.db"));
        foreach (var made in new[] { "new", "new/deeper", "backups", "restored" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(InFolder(made)).UnixFileMode);
        await using (Open(path))
            foreach (var file in folder.GetFiles("*", SearchOption.AllDirectories))
                Assert.Equal((file.Name, UnixFileMode.UserRead | UnixFileMode.UserWrite), (file.Name, file.UnixFileMode));
    }

    [Fact]
    public async Task What_was_deleted_is_neither_in_the_file_nor_in_its_log()
    {
        var secret = string.Concat(Enumerable.Repeat("the secret of Ann ", 20));
        await using var server = Open(FilePath);
        var things = Things(server);
        things.InsertMany(Enumerable.Range(0, 200).Select(id => new BsonDocument { { "_id", id }, { "text", id % 2 == 0 ? secret : "nothing" } }));
        await server.EmptyLogAsync(TestContext.Current.CancellationToken);
        Assert.True(Contains(secret));
        things.DeleteMany("{ text: /secret/ }");
        things.UpdateOne("{ _id: 1 }", new BsonDocument("$set", new BsonDocument("text", secret)));
        things.UpdateOne("{ _id: 1 }", "{ $set: { text: 'gone' } }");
        await server.EmptyLogAsync(TestContext.Current.CancellationToken);
        Assert.False(Contains("secret of Ann"));
        Assert.Equal(0, new FileInfo(FilePath + "-wal").Length);
    }

    [Fact]
    public async Task What_could_not_be_opened_again_is_refused_and_deleting_makes_room()
    {
        var options = new EmbeddedStoreOptions { Path = FilePath, MemoryLimit = 4 << 20 };
        await using (var server = EmbeddedMongo.Open(options))
        {
            var things = Things(server);
            var number = 0;
            var error = Assert.Throws<MongoCommandException>(() =>
            {
                for (; number < 100_000; number++)
                    things.InsertOne(Thing(number));
            });
            Assert.Equal(146, error.Code);
            Assert.InRange(number, 1500, 4000);
            Assert.Equal((StoreCondition.RefusesWrites, true), (server.Status.Condition, server.Status.Reason.Contains("opened again", StringComparison.Ordinal)));
            Assert.Equal(146, Assert.Throws<MongoCommandException>(() => things.UpdateMany("{}", new BsonDocument("$set", new BsonDocument("more", new string('y', 5000))))).Code);
            things.UpdateOne("{ _id: 0 }", "{ $set: { text: 'short' } }");
            things.DeleteMany("{ _id: { $lt: 500 } }");
            for (; number % 100 != 0; number++)
                things.InsertOne(Thing(number));
            Assert.Equal(StoreCondition.TakesWrites, server.Status.Condition);
        }
        await using var again = EmbeddedMongo.Open(options);
        Assert.Equal(StoreCondition.TakesWrites, again.Status.Condition);
    }

    private static BsonDocument Thing(int number) => new() { { "_id", number }, { "text", new string('x', 1000) } };

    private bool Contains(string text) => new[] { FilePath, FilePath + "-wal" }.Any(path =>
    {
        OpenFiles.Copy(path, path + ".copy");
        return File.ReadAllBytes(path + ".copy").AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
    });

    private string InFolder(string name) => Path.Combine(folder.FullName, name);

    private static string Refusal(string path) => Assert.Throws<StoreFileException>(() => Open(path).Dispose()).Message;

    private static EmbeddedMongo Open(string path) => EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path });

    private static IMongoCollection<BsonDocument> Things(EmbeddedMongo server) =>
        new MongoClient(server.CreateClientSettings()).GetDatabase("test").GetCollection<BsonDocument>("things");
}
