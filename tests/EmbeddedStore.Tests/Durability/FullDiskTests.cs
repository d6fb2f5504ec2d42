using EmbeddedStore.Storage;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

/// <summary>A commit that does not reach the disk leaves memory and file as they were, and the store goes on when there is room again.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int NoRoom = 14031;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedded-store-full-");
    private readonly CommitFaults faults = new() { ProbePause = TimeSpan.FromMilliseconds(5) };

    private string FilePath => Path.Combine(folder.FullName, "store.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_full_disk_refuses_writes_says_why_and_takes_them_again_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount(16);
        Assert.SkipWhen(disk is null, "A small file system can only be mounted by root, on Linux.");
        disk.Fill("ballast", 8 << 20);
        await FillAndGoOnAsync(disk.StorePath, () => disk.Free("ballast"));
    }

    [Fact]
    public async Task A_limit_of_pages_refuses_writes_says_why_and_takes_them_again_when_it_is_lifted()
    {
        faults.MostPages = 400;
        await FillAndGoOnAsync(FilePath, () => faults.MostPages = null);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Whatever_commits_fail_memory_and_file_hold_what_was_acknowledged(int seed)
    {
        var random = new Random(seed);
        var model = new Dictionary<string, SortedDictionary<int, BsonDocument>>();
        var refused = 0;
        await using (var server = Open(FilePath))
        {
            var database = Database(server);
            for (var step = 0; step < 400; step++)
            {
                var (collection, id) = ($"c{random.Next(3)}", random.Next(60));
                var fails = random.Next(8) == 0;
                Plant(fails ? random.Next(2) : -1);
                try
                {
                    Change(database, model, collection, id, random);
                }
                catch (MongoCommandException error) when (error.Code == NoRoom)
                {
                    refused++;
                    Assert.Equal(StoreCondition.RefusesWrites, server.Status.Condition);
                }
                Plant(-1);
                await UntilTakenAsync(server);
                if (fails)
                    AssertHolds(database, model);
            }
            Assert.InRange(refused, 10, 200);
        }
        await using var again = Open(FilePath);
        AssertHolds(Database(again), model);
    }

    [Fact]
    public async Task Of_many_writers_nobody_loses_what_was_acknowledged_and_nothing_refused_is_there()
    {
        var acknowledged = new HashSet<string>();
        var refused = new HashSet<string>();
        var commits = 0;
        faults.BeforeCommit = () =>
        {
            if (++commits % 7 == 0)
                throw new SqliteException("database or disk is full", 13);
        };
        await using (var server = Open(FilePath))
        {
            var things = Database(server).GetCollection<BsonDocument>("c0");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
            {
                for (var number = 0; number < 100; number++)
                {
                    var id = $"{writer}-{number}";
                    var (taken, set) = (Insert(things, id), acknowledged);
                    if (!taken)
                        set = refused;
                    lock (acknowledged)
                        set.Add(id);
                }
            }, TestContext.Current.CancellationToken)));
            Assert.NotEmpty(refused);
            Assert.Equal(acknowledged, Ids(things));
        }
        faults.BeforeCommit = null;
        await using var again = Open(FilePath);
        Assert.Equal(acknowledged, Ids(Database(again).GetCollection<BsonDocument>("c0")));
    }

    private static bool Insert(IMongoCollection<BsonDocument> things, string id)
    {
        try
        {
            things.InsertOne(new BsonDocument { { "_id", id }, { "text", new string('x', 300) } });
            return true;
        }
        catch (MongoCommandException error) when (error.Code == NoRoom)
        {
            return false;
        }
    }

    private static HashSet<string> Ids(IMongoCollection<BsonDocument> things) => things.Find("{}").ToList().Select(thing => thing["_id"].AsString).ToHashSet();

    private async Task FillAndGoOnAsync(string path, Action makeRoom)
    {
        var number = 0;
        await using (var server = Open(path))
        {
            var database = Database(server);
            var things = database.GetCollection<BsonDocument>("c0");
            things.Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ n: 1 }", new CreateIndexOptions { Unique = true }));
            var error = Assert.Throws<MongoCommandException>(() =>
            {
                for (; number < 20_000; number++)
                    things.InsertOne(Thing(number));
            });
            Assert.Equal((NoRoom, "OutOfDiskSpace"), (error.Code, error.CodeName));
            Assert.Equal(StoreCondition.RefusesWrites, server.Status.Condition);
            Assert.Contains("is full", server.Status.Reason, StringComparison.Ordinal);
            Assert.Equal(NoRoom, Assert.Throws<MongoCommandException>(() => things.DeleteOne("{ _id: 0 }")).Code);
            AssertCount(things, number);
            makeRoom();
            await UntilTakenAsync(server);
            things.InsertOne(Thing(number++));
            Assert.Equal(1, things.DeleteOne("{ n: 0 }").DeletedCount);
            AssertCount(things, number - 1);
        }
        await using var again = Open(path);
        AssertCount(Database(again).GetCollection<BsonDocument>("c0"), number - 1);
    }

    private static BsonDocument Thing(int number) => new() { { "_id", number }, { "n", number }, { "text", new string('x', 1500) } };

    private static void AssertCount(IMongoCollection<BsonDocument> things, int count)
    {
        Assert.Equal(count, things.EstimatedDocumentCount());
        Assert.Equal(count, things.Find("{ text: /x/ }", new FindOptions { Hint = new BsonDocument("$natural", 1) }).CountDocuments());
        Assert.Equal(count, things.Find("{ n: { $gte: 0 } }").CountDocuments());
    }

    // Note: the first fault is met before anything was written, the second somewhere in the middle.
    private void Plant(int fault)
    {
        faults.BeforeCommit = fault == 0 ? () => throw new SqliteException("database or disk is full", 13) : null;
        faults.MostPages = fault == 1 ? 1 : null;
    }

    private static void Change(IMongoDatabase database, Dictionary<string, SortedDictionary<int, BsonDocument>> model, string name, int id, Random random)
    {
        var collection = database.GetCollection<BsonDocument>(name);
        var byId = new BsonDocument("_id", id);
        var known = model.GetValueOrDefault(name) ?? [];
        switch (random.Next(10))
        {
            case 0:
                database.DropCollection(name);
                model.Remove(name);
                return;
            case 1:
                collection.Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ group: 1, _id: 1 }"));
                break;
            case 2 or 3:
                collection.DeleteOne(byId);
                known.Remove(id);
                break;
            case 4:
                collection.UpdateMany("{}", "{ $inc: { group: 1 } }");
                foreach (var document in known.Values)
                    document["group"] = document["group"].AsInt32 + 1;
                break;
            default:
                var replacement = new BsonDocument { { "_id", id }, { "group", random.Next(5) }, { "text", new string('y', random.Next(3000)) } };
                collection.ReplaceOne(byId, replacement, new ReplaceOptions { IsUpsert = true });
                known[id] = replacement;
                break;
        }
        model[name] = known;
    }

    private static void AssertHolds(IMongoDatabase database, Dictionary<string, SortedDictionary<int, BsonDocument>> model)
    {
        foreach (var (name, known) in model)
        {
            var collection = database.GetCollection<BsonDocument>(name);
            Assert.Equal(known.Values, collection.Find("{}").Sort("{ _id: 1 }").ToList());
            Assert.Equal(known.Count, collection.EstimatedDocumentCount());
            foreach (var group in known.Values.Select(document => document["group"].AsInt32).Distinct())
                Assert.Equal(
                    known.Values.Where(document => document["group"] == group).Select(document => document["_id"]),
                    collection.Find(new BsonDocument("group", group)).Sort("{ _id: 1 }").ToList().Select(document => document["_id"]));
        }
    }

    private static async Task UntilTakenAsync(EmbeddedMongo server)
    {
        for (var i = 0; i < 2000 && server.Status.Condition != StoreCondition.TakesWrites; i++)
            await Task.Delay(5);
        Assert.Equal((StoreCondition.TakesWrites, ""), (server.Status.Condition, server.Status.Reason));
    }

    private static IMongoDatabase Database(EmbeddedMongo server) => new MongoClient(server.CreateClientSettings()).GetDatabase("test");

    private EmbeddedMongo Open(string path) => EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path, Faults = faults });
}
