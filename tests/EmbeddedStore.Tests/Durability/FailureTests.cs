using EmbeddedStore.Storage;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Durability;

/// <summary>Where memory and file may have come apart, nothing more is promised: the store says so, and whoever runs it is told.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedded-store-failure-");
    private readonly CommitFaults faults = new();
    private readonly TaskCompletionSource<string> told = new();

    public static TheoryData<Exception> Surprises => [new InsufficientMemoryException(), new InvalidOperationException("a bug"), new IOException("no disk"), new KeyNotFoundException()];

    public static TheoryData<Exception> Damages =>
    [
        new SqliteException("disk I/O error", 10, 1034), new SqliteException("database disk image is malformed", 11), new InsufficientMemoryException(), new InvalidOperationException("a bug"),
    ];

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, MemberData(nameof(Surprises), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_while_the_memory_is_changed_ends_the_store(Exception fault)
    {
        await using (var server = Open())
        {
            var things = Things(server);
            things.InsertOne(new BsonDocument { { "_id", 1 }, { "n", 1 } });
            faults.InLock = () => throw fault;
            await AssertEndsAsync(server, things, fault);
        }
        await AssertWholeAsync();
    }

    [Theory, MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public async Task A_commit_that_fails_without_anybody_knowing_what_the_file_holds_ends_the_store(Exception fault)
    {
        await using (var server = Open())
        {
            var things = Things(server);
            things.InsertOne(new BsonDocument { { "_id", 1 }, { "n", 1 } });
            faults.BeforeCommit = () => throw fault;
            await AssertEndsAsync(server, things, fault);
        }
        await AssertWholeAsync();
    }

    [Fact]
    public async Task A_refused_statement_ends_nothing()
    {
        await using var server = Open();
        var things = Things(server);
        things.InsertOne(new BsonDocument { { "_id", 1 }, { "n", 1 } });
        Assert.ThrowsAny<MongoException>(() => things.InsertOne(new BsonDocument("_id", 1)));
        Assert.ThrowsAny<MongoException>(() => things.UpdateOne("{ _id: 1 }", "{ $push: { n: 1 } }"));
        Assert.ThrowsAny<MongoException>(() => things.Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ n: 1 }", new CreateIndexOptions { Name = "n_1", Sparse = true })));
        Assert.Equal(StoreStatus.TakesWrites, server.Status);
        things.InsertOne(new BsonDocument { { "_id", 2 }, { "n", 2 } });
    }

    private async Task AssertEndsAsync(EmbeddedMongo server, IMongoCollection<BsonDocument> things, Exception fault)
    {
        Assert.Equal(91, Code(() => things.InsertOne(new BsonDocument { { "_id", 2 }, { "n", 2 } })));
        (faults.InLock, faults.BeforeCommit) = (null, null);
        Assert.Equal(91, Code(() => things.InsertOne(new BsonDocument { { "_id", 3 }, { "n", 3 } })));
        Assert.Equal([1], things.Find("{}").ToList().Select(thing => thing["_id"].AsInt32));
        Assert.Equal([1], things.Find("{ n: { $gt: 0 } }").ToList().Select(thing => thing["_id"].AsInt32));
        Assert.Equal(StoreCondition.Failed, server.Status.Condition);
        Assert.Equal(server.Status.Reason, await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Contains(fault.Message, server.Status.Reason, StringComparison.Ordinal);
    }

    private async Task AssertWholeAsync()
    {
        await using var again = Open();
        Assert.Equal([1], Things(again).Find("{ n: { $gt: 0 } }").ToList().Select(thing => thing["_id"].AsInt32));
        Things(again).InsertOne(new BsonDocument { { "_id", 2 }, { "n", 2 } });
    }

    private static int Code(Action write) => Assert.ThrowsAny<MongoCommandException>(write).Code;

    private EmbeddedMongo Open() =>
        EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = Path.Combine(folder.FullName, "store.db"), Faults = faults, OnFailed = reason => told.TrySetResult(reason) });

    private static IMongoCollection<BsonDocument> Things(EmbeddedMongo server)
    {
        var things = new MongoClient(server.CreateClientSettings()).GetDatabase("test").GetCollection<BsonDocument>("things");
        if (server.Status.Condition == StoreCondition.TakesWrites)
            things.Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ n: 1 }", new CreateIndexOptions { Unique = true }));
        return things;
    }
}
