using EmbeddedStore.Storage;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

/// <summary>After a crash a log lies beside the file: it is played in where it continues that very file, and refused where it does not.</summary>
public sealed class LogTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedded-store-log-");
    private int written;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_log_is_played_into_the_file_that_it_continues_whenever_the_crash_came()
    {
        await using var server = Open("live");
        for (var state = 0; state < 6; state++)
        {
            Write(server, 50);
            CopyState("live", $"state-{state}");
            Assert.Equal(written, await CountAsync($"state-{state}"));
            if (state % 2 == 0)
                await server.EmptyLogAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_log_of_another_file_or_of_another_state_of_the_file_is_refused()
    {
        await using var server = Open("live");
        await using var other = Open("other");
        var states = new List<string>();
        for (var state = 0; state < 3; state++)
        {
            Write(server, 30);
            Write(other, 30);
            CopyState("live", $"state-{state}");
            states.Add($"state-{state}");
            await server.EmptyLogAsync(TestContext.Current.CancellationToken);
        }
        CopyState("other", "state-of-other");
        states.Add("state-of-other");
        for (var file = 0; file < states.Count; file++)
            for (var log = 0; log < states.Count; log++)
                // Note: the log that was moved into the file just before changes nothing when it is played in again.
                if (log != file && (log != file - 1 || file == 3))
                    AssertRefused(states[file], states[log]);
    }

    [Fact]
    public async Task A_log_that_was_folded_in_when_the_store_was_closed_is_refused_when_it_comes_back()
    {
        await using (var server = Open("live"))
        {
            Write(server, 30);
            CopyState("live", "crashed");
        }
        File.Copy(Log("crashed"), Log("live"));
        Assert.Contains("does not belong", Assert.Throws<StoreFileException>(() => Open("live").Dispose()).Message, StringComparison.Ordinal);
        File.Delete(Log("live"));
        Assert.Equal(30, await CountAsync("live"));
    }

    [Fact]
    public async Task A_log_beside_a_backup_of_the_same_moment_is_refused()
    {
        await using var server = Open("live");
        Write(server, 30);
        EmbeddedMongo.Backup(FileOf("live"), FileOf("backup"));
        CopyState("live", "crashed");
        File.Copy(Log("crashed"), Log("backup"));
        Assert.Contains("does not belong", Assert.Throws<StoreFileException>(() => Open("backup").Dispose()).Message, StringComparison.Ordinal);
        Assert.Contains("does not belong", Assert.Throws<StoreFileException>(() => EmbeddedMongo.Backup(FileOf("backup"), FileOf("another"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_ends_early_is_played_in_as_far_as_it_goes()
    {
        await using var server = Open("live");
        Write(server, 40);
        CopyState("live", "crashed");
        var whole = File.ReadAllBytes(Log("crashed"));
        foreach (var length in new[] { 0, 20, 32, 3000, 10_000, whole.Length / 2, whole.Length - 100 })
        {
            CopyState("live", $"cut-{length}");
            File.WriteAllBytes(Log($"cut-{length}"), whole[..length]);
            Assert.InRange(await CountAsync($"cut-{length}"), 0, 40);
        }
        whole[0] ^= 0xFF;
        File.WriteAllBytes(Log("crashed"), whole);
        Assert.Throws<StoreFileException>(() => Open("crashed").Dispose());
    }

    private void AssertRefused(string file, string log)
    {
        var mixed = $"{file}-with-{log}";
        File.Copy(FileOf(file), FileOf(mixed));
        File.Copy(Log(log), Log(mixed));
        var (fileBefore, logBefore) = (File.ReadAllBytes(FileOf(mixed)), File.ReadAllBytes(Log(mixed)));
        Assert.Contains("does not belong", Assert.Throws<StoreFileException>(() => Open(mixed).Dispose()).Message, StringComparison.Ordinal);
        Assert.Equal(fileBefore, File.ReadAllBytes(FileOf(mixed)));
        Assert.Equal(logBefore, File.ReadAllBytes(Log(mixed)));
    }

    private void CopyState(string from, string to)
    {
        OpenFiles.Copy(FileOf(from), FileOf(to));
        OpenFiles.Copy(Log(from), Log(to));
    }

    private void Write(EmbeddedMongo server, int count)
    {
        var things = Things(server);
        for (var i = 0; i < count; i++)
            things.InsertOne(new BsonDocument { { "_id", written++ }, { "text", new string('x', 500) } });
    }

    private string FileOf(string name) => Path.Combine(folder.FullName, name + ".db");

    private string Log(string name) => FileOf(name) + "-wal";

    private EmbeddedMongo Open(string name) => EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = FileOf(name) });

    private async Task<long> CountAsync(string name)
    {
        await using var server = Open(name);
        return Things(server).CountDocuments("{}");
    }

    private static IMongoCollection<BsonDocument> Things(EmbeddedMongo server) =>
        new MongoClient(server.CreateClientSettings()).GetDatabase("test").GetCollection<BsonDocument>("things");
}
