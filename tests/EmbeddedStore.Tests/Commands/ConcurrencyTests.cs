using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

public sealed class ConcurrencyTests : IAsyncDisposable
{
    private const int Threads = 64;
    private readonly TestStore store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Increments_from_many_threads_all_count()
    {
        const int each = 50;
        await store.Collection().InsertOneAsync(new BsonDocument { { "_id", 1 }, { "count", 0 } }, null, Cancel);
        await OnManyThreads(_ =>
        {
            for (var i = 0; i < each; i++)
                store.Collection().UpdateOne("{ _id: 1 }", "{ $inc: { count: 1 } }", null, Cancel);
        });
        Assert.Equal(Threads * each, (await One())["count"]);
    }

    [Fact]
    public async Task Of_many_who_compare_and_set_exactly_one_wins_each_round()
    {
        const int rounds = 30;
        await store.Collection().InsertOneAsync(new BsonDocument { { "_id", 1 }, { "version", 0 } }, null, Cancel);
        var wins = new int[rounds];
        await OnManyThreads(_ =>
        {
            for (var round = 0; round < rounds;)
            {
                var result = store.Collection().UpdateOne(new BsonDocument { { "_id", 1 }, { "version", round } }, "{ $inc: { version: 1 } }", null, Cancel);
                if (result.ModifiedCount == 1)
                    Interlocked.Increment(ref wins[round]);
                // Note: what the loser reads must already show the winner's change.
                var version = store.Collection().Find("{ _id: 1 }").Single(Cancel)["version"].AsInt32;
                Assert.True(version > round);
                round = version;
            }
        });
        Assert.All(wins, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Of_many_upserts_of_one_key_exactly_one_inserts()
    {
        var upserts = 0;
        await OnManyThreads(thread =>
        {
            var result = store.Collection().UpdateOne("{ code: 'x' }", new BsonDocument("$push", new BsonDocument("by", thread)), new UpdateOptions { IsUpsert = true }, Cancel);
            if (result.UpsertedId is not null)
                Interlocked.Increment(ref upserts);
        });
        Assert.Equal(1, upserts);
        Assert.Equal(Threads, (await One())["by"].AsBsonArray.Count);
    }

    [Fact]
    public async Task A_reader_goes_on_in_its_snapshot_while_everything_is_deleted()
    {
        await store.Collection().InsertManyAsync(Enumerable.Range(0, 2000).Select(id => new BsonDocument("_id", id)), null, Cancel);
        using var cursor = await store.Collection().Find("{}", new FindOptions { BatchSize = 10 }).ToCursorAsync(Cancel);
        await store.Collection().DeleteManyAsync("{}", Cancel);
        Assert.Equal(2000, (await cursor.ToListAsync(Cancel)).Count);
    }

    private static Task OnManyThreads(Action<int> work) => Task.WhenAll(Enumerable.Range(0, Threads).Select(thread =>
        Task.Factory.StartNew(() => work(thread), Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private Task<BsonDocument> One() => store.Collection().Find("{}").SingleAsync(Cancel);
}
