using System.Diagnostics.Metrics;
using EmbeddedStore.Storage;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

/// <summary>What an operator gets to see.</summary>
public sealed class OperatorTests
{
    [Fact]
    public async Task A_slow_command_is_logged_with_its_plan_and_without_its_values()
    {
        var log = new MemoryLog();
        await using var store = new TestStore(options => options with { Logger = log, SlowCommand = TimeSpan.Zero });
        store.Collection().InsertMany(Enumerable.Range(0, 10).Select(id => new BsonDocument("_id", id)));
        await store.Collection().Find("{ secret: 'Ann' }").ToListAsync();
        Assert.Contains(log.Lines, line => line.Contains("find on test", StringComparison.Ordinal) && line.Contains("COLLSCAN, 10 documents", StringComparison.Ordinal)
            && line.Contains("secret: ?", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("Ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_meter_tells_of_commands_commits_and_sizes()
    {
        var seen = new HashSet<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == "EmbeddedStore") listener.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Note(instrument));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => Note(instrument));
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => Note(instrument));
        listener.Start();
        await using var store = new TestStore();
        store.Collection().InsertOne(new BsonDocument("_id", 1));
        listener.RecordObservableInstruments();
        foreach (var name in new[] { "command.duration", "commit.rows", "commit.duration", "file.size", "log.size", "documents", "documents.size", "cursors", "commands.running" })
            Assert.Contains("embedded_store." + name, seen);

        void Note(Instrument instrument)
        {
            lock (seen)
                seen.Add(instrument.Name);
        }
    }

    [Fact]
    public async Task A_store_that_would_not_fit_in_memory_is_not_opened()
    {
        await using var store = new TestStore();
        store.Collection().InsertMany(Enumerable.Range(0, 200).Select(id => new BsonDocument { { "_id", id }, { "text", new string('x', 10_000) } }));
        EmbeddedMongo.Backup(store.FilePath, store.FilePath + ".copy");
        var options = new EmbeddedStoreOptions { Path = store.FilePath + ".copy", MemoryLimit = 1 << 20 };
        Assert.Contains("MB of memory", Assert.Throws<StoreFileException>(() => EmbeddedMongo.Open(options).Dispose()).Message, StringComparison.Ordinal);
        await using var enough = EmbeddedMongo.Open(options with { MemoryLimit = null });
        Assert.Null(enough.Port);
    }

    [Fact]
    public async Task Statistics_count_documents_and_bytes()
    {
        await using var store = new TestStore();
        store.Collection().InsertMany(Enumerable.Range(0, 10).Select(id => new BsonDocument { { "_id", id }, { "text", new string('x', 1000) } }));
        Assert.Equal((10, 1), (store.Run("{ dbStats: 1 }")["objects"].ToInt32(), store.Run("{ dbStats: 1 }")["collections"].ToInt32()));
        Assert.InRange(store.Run("{ dbStats: 1 }")["dataSize"].ToInt32(), 10_000, 12_000);
        Assert.Equal(["things"], store.Database.ListCollectionNames().ToList());
        Assert.Equal(["test"], store.Client.ListDatabaseNames().ToList());
    }
}
