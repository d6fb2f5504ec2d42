using System.Diagnostics;
using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

/// <summary>A real process, killed as if the power had gone. <c>EMBEDDED_STORE_KILL_ROUNDS</c> asks for more rounds than CI has time for.</summary>
public sealed class KillTests
{
    private static int Rounds => int.Parse(Environment.GetEnvironmentVariable("EMBEDDED_STORE_KILL_ROUNDS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_process_is_killed()
    {
        for (var round = 0; round < Rounds; round++)
            Assert.Empty(await KillAndCompareAsync(300 + Random.Shared.Next(900)));
    }

    /// <summary>Long enough for the log to have begun anew.</summary>
    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_process_is_killed_while_the_log_is_moved_into_the_file()
    {
        for (var round = 0; round < Rounds; round += 2)
            Assert.Empty(await KillAndCompareAsync(500 + Random.Shared.Next(2500), larger: 20_000));
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_refused_is_there_when_the_process_is_killed_on_a_full_disk()
    {
        for (var round = 0; round < Rounds; round += 2)
        {
            using var disk = SmallDisk.TryMount(64);
            Assert.SkipWhen(disk is null, "A small file system can only be mounted by root, on Linux.");
            disk.Fill("ballast-1", 8 << 20);
            disk.Fill("ballast-2", 16 << 20);
            using var victim = Start(disk.StorePath, early: false, larger: 4000);
            var lines = new List<string[]>();
            var refused = 0;
            while (refused < 40 && await victim.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                lines.Add(line.Split(' '));
                refused += line.StartsWith("refused", StringComparison.Ordinal) ? 1 : 0;
                if (refused == 20)
                    disk.Free("ballast-1");
            }
            victim.Kill();
            while (await victim.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                lines.Add(line.Split(' '));
            disk.Free("ballast-2");
            Assert.DoesNotContain(lines, line => line[0] == "refused-but-there");
            Assert.Empty(Compare(disk.StorePath, [.. lines.Where(line => line.Length == 3)], larger: 4000));
        }
    }

    [Fact]
    public async Task The_test_notices_a_store_that_acknowledges_before_it_commits() =>
        Assert.NotEmpty(await KillAndCompareAsync(500, early: true));

    private static async Task<List<string>> KillAndCompareAsync(int milliseconds, bool early = false, int larger = 0)
    {
        var folder = Directory.CreateTempSubdirectory("embedded-store-kill-");
        try
        {
            var path = Path.Combine(folder.FullName, "store.db");
            var acknowledged = await RunAndKillAsync(path, milliseconds, early, larger);
            Assert.NotEmpty(acknowledged);
            return Compare(path, acknowledged, larger);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string path, bool early, int larger)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(Victim).Assembly.Location);
        start.Environment[Victim.PathVariable] = path;
        if (early)
            start.Environment[Victim.EarlyVariable] = "yes";
        start.Environment[Victim.LargerVariable] = larger.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static async Task<List<string[]>> RunAndKillAsync(string path, int milliseconds, bool early, int larger)
    {
        using var victim = Start(path, early, larger);
        var lines = new List<string[]>();
        var killing = Task.CompletedTask;
        while (await victim.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line.Split(' '));
            if (lines.Count == 1)
                killing = Task.Delay(milliseconds).ContinueWith(_ => victim.Kill(), TaskScheduler.Default);
        }
        await killing;
        await victim.WaitForExitAsync(TestContext.Current.CancellationToken);
        // Note: the last line may be cut off in the middle.
        return [.. lines.Where(line => line.Length == 3)];
    }

    private static List<string> Compare(string path, List<string[]> acknowledged, int larger)
    {
        using var server = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path });
        var database = new MongoClient(server.CreateClientSettings()).GetDatabase("test");
        var rows = database.GetCollection<BsonDocument>("rows").Find("{}").ToList().ToDictionary(row => row["_id"].AsString);
        var counters = database.GetCollection<BsonDocument>("counters").Find("{}").ToList().ToDictionary(row => row["_id"].AsInt32, row => row["count"].AsInt32);
        var deleted = acknowledged.Where(line => line[0] == "deleted").Select(line => $"{line[1]}-{line[2]}").ToHashSet();
        var wrong = acknowledged.Where(line => line[0] == "row" && !rows.ContainsKey($"{line[1]}-{line[2]}") && !MayBeDeleted(line, deleted))
            .Select(line => $"lost {string.Join(' ', line)}").ToList();
        wrong.AddRange(deleted.Where(rows.ContainsKey).Select(id => $"undeleted {id}"));
        wrong.AddRange(acknowledged.Where(line => line[0] == "counter" && counters.GetValueOrDefault(Number(line[1])) < Number(line[2]))
            .Select(line => $"lost {string.Join(' ', line)}"));
        wrong.AddRange(rows.Values.Where(row => row["text"] != Victim.TextOf(row["writer"].AsInt32, row["number"].AsInt32, larger)).Select(row => $"torn {row["_id"]}"));
        wrong.AddRange(CompareIndexes(database.GetCollection<BsonDocument>("rows"), rows));
        return wrong;
    }

    // Note: a delete may have reached the disk just before its acknowledgement could be said.
    private static bool MayBeDeleted(string[] row, HashSet<string> deleted) =>
        Number(row[2]) % 3 == 2 || deleted.Contains($"{row[1]}-{row[2]}");

    private static IEnumerable<string> CompareIndexes(IMongoCollection<BsonDocument> collection, Dictionary<string, BsonDocument> rows)
    {
        foreach (var index in new[] { "code_1", "writer_1_number_-1" })
        {
            var found = collection.Find("{}", new FindOptions { Hint = index }).ToList().Select(row => row["_id"].AsString).ToHashSet();
            if (!found.SetEquals(rows.Keys))
                yield return $"index {index} differs";
        }
        foreach (var row in rows.Values.Take(50))
        {
            row["_id"] = "another";
            var refused = Assert.Throws<MongoWriteException>(() => collection.InsertOne(row));
            if (refused.WriteError.Category != ServerErrorCategory.DuplicateKey)
                yield return $"unique index let {row["code"]} in twice";
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
