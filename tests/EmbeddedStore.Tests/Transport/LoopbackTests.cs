using System.Diagnostics;
using EmbeddedStore.Storage;
using MongoDB.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Transport;

public sealed class LoopbackTests
{
    [Fact]
    public async Task The_driver_comes_over_loopback_where_it_takes_no_streams()
    {
        await using var store = new TestStore(options => options with { Faults = new CommitFaults { DriverLetsNobodyIn = true } });
        store.Collection().InsertOne(new BsonDocument("_id", 1));
        Assert.NotNull(store.Server.Port);
        Assert.Equal(1, store.Collection().CountDocuments("{}"));
    }

    [Fact]
    public async Task This_version_of_the_driver_takes_streams()
    {
        await using var store = new TestStore();
        store.Run("{ ping: 1 }");
        Assert.Null(store.Server.Port);
    }

    [Fact]
    public async Task Pymongo_connects_lists_and_queries()
    {
        if (!HasPymongo())
            Assert.Skip("python3-pymongo is not installed.");
        await using var store = new TestStore(options => options with { ListenPort = 0 });
        store.Collection().InsertMany(Enumerable.Range(0, 300).Select(id => new BsonDocument { { "_id", id }, { "n", id % 3 } }));
        var (exitCode, output) = Python($"""
            from pymongo import MongoClient, ASCENDING
            client = MongoClient('mongodb://127.0.0.1:{store.Server.Port}/')
            db = client.test
            print(client.list_database_names(), db.list_collection_names(), client.server_info()['version'])
            print(db.things.count_documents({"{'n': 1}"}), len(list(db.things.find({"{'n': 1}"}).sort('_id', -1))))
            print(db.things.create_index([('n', ASCENDING)]), sorted(db.things.index_information()))
            print([r['c'] for r in db.things.aggregate([{"{'$group': {'_id': '$n', 'c': {'$sum': 1}}}, {'$sort': {'_id': 1}}"}])])
            print(db.things.insert_one({"{'n': 9}"}).acknowledged, db.things.delete_many({"{'n': 9}"}).deleted_count)
            print(db.command('dbstats')['objects'])
            """);
        Assert.Equal((0, """
            ['test'] ['things'] 8.0.0
            100 100
            n_1 ['_id_', 'n_1']
            [100, 100, 100]
            True 1
            300

            """), (exitCode, output));
    }

    private static bool HasPymongo() => File.Exists("/usr/bin/python3") && Python("import pymongo").ExitCode == 0;

    private static (int ExitCode, string Output) Python(string program)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3") { ArgumentList = { "-c", program }, RedirectStandardOutput = true })!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, output);
    }
}
