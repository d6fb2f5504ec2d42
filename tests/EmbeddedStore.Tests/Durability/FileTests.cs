using EmbeddedStore.Storage;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

/// <summary>Files that cannot be used: each says what is wrong, and is left as it was.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedded-store-file-");

    private string FilePath => Path.Combine(folder.FullName, "store.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        File.WriteAllText(FilePath, string.Concat(Enumerable.Repeat("My diary. ", 500)));
        AssertRefused("not a database of this store");
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        Sql("CREATE TABLE diary(day TEXT)");
        AssertRefused("another program");
    }

    [Theory]
    [InlineData(StoreFile.Format + 1, "newer version")]
    [InlineData(StoreFile.Format - 1, "older format")]
    public async Task A_file_of_another_format_is_refused(int format, string why)
    {
        await FillAsync(10);
        Sql($"PRAGMA user_version={format}");
        AssertRefused(why);
        Sql($"PRAGMA user_version={StoreFile.Format}");
        Assert.Equal(10, await CountAsync());
    }

    [Fact]
    public async Task A_truncated_file_is_refused()
    {
        await FillAsync(2000);
        using (var file = File.OpenWrite(FilePath))
            file.SetLength(file.Length / 2 / 4096 * 4096);
        AssertRefused("damaged");
    }

    [Fact]
    public async Task A_second_opening_of_the_same_file_is_refused()
    {
        await using (Open())
            Assert.Contains("in use", Assert.Throws<StoreFileException>(() => Open().Dispose()).Message, StringComparison.Ordinal);
        await using var again = Open();
        Assert.Null(again.Port);
    }

    [Fact]
    public async Task After_a_failed_commit_no_write_is_taken_and_no_acknowledged_one_is_lost()
    {
        var faults = new CommitFaults();
        await using (var server = Open(faults))
        {
            var things = Things(server);
            things.InsertOne(new BsonDocument("_id", 1));
            faults.BeforeCommit = () => throw new SqliteException("disk I/O error", 10);
            Assert.ThrowsAny<MongoException>(() => things.InsertOne(new BsonDocument("_id", 2)));
            faults.BeforeCommit = null;
            Assert.ThrowsAny<MongoException>(() => things.InsertOne(new BsonDocument("_id", 3)));
            Assert.Equal([1], things.Find("{}").ToList().Select(thing => thing["_id"].AsInt32));
            Assert.Equal(StoreCondition.Failed, server.Status.Condition);
            Assert.Contains("takes no more writes", server.Status.Reason, StringComparison.Ordinal);
            Assert.Contains("disk I/O error", server.Status.Reason, StringComparison.Ordinal);
        }
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task The_log_begins_anew_in_the_same_file_and_nothing_is_lost_over_it()
    {
        const int perRound = 1000;
        var rounds = 0;
        long Written() => rounds * perRound * 9000L;
        await using (var server = Open())
        {
            var log = new FileInfo(FilePath + "-wal");
            do
            {
                await Things(server).InsertManyAsync(Enumerable.Range(rounds * perRound, perRound).Select(id => new BsonDocument { { "_id", id }, { "text", new string('x', 9000) } }),
                    cancellationToken: TestContext.Current.CancellationToken);
                rounds++;
                log.Refresh();
            }
            while (rounds < 8 || (log.Length > Written() / 2 && rounds < 60));
            Assert.InRange(log.Length, 1, Written() / 2);
        }
        Assert.Equal(rounds * perRound, await CountAsync());
    }

    private static IMongoCollection<BsonDocument> Things(EmbeddedMongo server) =>
        new MongoClient(server.CreateClientSettings()).GetDatabase("test").GetCollection<BsonDocument>("things");

    private EmbeddedMongo Open(CommitFaults? faults = null) =>
        EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = FilePath, Faults = faults ?? new CommitFaults() });

    private async Task FillAsync(int count)
    {
        await using var server = Open();
        Things(server).InsertMany(Enumerable.Range(0, count).Select(id => new BsonDocument { { "_id", id }, { "text", new string('x', 500) } }));
    }

    private async Task<long> CountAsync()
    {
        await using var server = Open();
        return Things(server).CountDocuments("{}");
    }

    private void Sql(string sql)
    {
        using var connection = StoreFile.Connect(FilePath);
        StoreFile.Execute(connection, sql);
    }

    private void AssertRefused(string why)
    {
        var before = File.ReadAllBytes(FilePath);
        Assert.Contains(why, Assert.Throws<StoreFileException>(() => Open().Dispose()).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }
}
