using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

/// <summary>The typed calls that a product makes, through the unmodified driver.</summary>
public sealed class CrudTests : IAsyncDisposable
{
    private readonly TestStore store = new();

    private IMongoCollection<Thing> Things => store.Database.GetCollection<Thing>("things");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_in_order_and_in_batches()
    {
        await Fill(250);
        var found = await Things.Find(thing => thing.Count >= 50).SortByDescending(thing => thing.Count)
            .Skip(10).Limit(150).ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(90, 150).Reverse(), found.Select(thing => thing.Count));
        Assert.Contains(store.Commands, command => command.Contains("getMore"));
    }

    [Fact]
    public async Task Updates_one_or_many()
    {
        await Fill(10);
        var one = await Things.UpdateOneAsync(thing => thing.Id == 3, Builders<Thing>.Update.Inc(thing => thing.Count, 100), null, Cancel);
        var many = await Things.UpdateManyAsync(thing => thing.Count < 5, Builders<Thing>.Update.Set(thing => thing.Name, "few"), null, Cancel);
        Assert.Equal((1, 1), (one.MatchedCount, one.ModifiedCount));
        Assert.Equal(4, many.ModifiedCount);
        Assert.Equal(103, (await Things.Find(thing => thing.Id == 3).SingleAsync(Cancel)).Count);
    }

    [Fact]
    public async Task Upserts_by_replacement_and_tells_the_id()
    {
        var first = await Things.ReplaceOneAsync(thing => thing.Id == 7, new Thing(7, "new", 1), new ReplaceOptions { IsUpsert = true }, Cancel);
        var second = await Things.ReplaceOneAsync(thing => thing.Id == 7, new Thing(7, "newer", 2), new ReplaceOptions { IsUpsert = true }, Cancel);
        Assert.Equal(7, first.UpsertedId.AsInt32);
        Assert.Equal((1, 1), (second.MatchedCount, second.ModifiedCount));
    }

    [Fact]
    public async Task Deletes_one_or_many()
    {
        await Fill(10);
        Assert.Equal(1, (await Things.DeleteOneAsync(thing => thing.Count < 5, Cancel)).DeletedCount);
        Assert.Equal(4, (await Things.DeleteManyAsync(thing => thing.Count < 5, Cancel)).DeletedCount);
        Assert.Equal(5, await Things.CountDocumentsAsync(thing => true, null, Cancel));
    }

    [Fact]
    public async Task Finds_and_updates_in_one_step()
    {
        await Fill(5);
        var options = new FindOneAndUpdateOptions<Thing> { ReturnDocument = ReturnDocument.After, Sort = Builders<Thing>.Sort.Descending(thing => thing.Count) };
        var after = await Things.FindOneAndUpdateAsync<Thing>(thing => thing.Count < 4, Builders<Thing>.Update.Set(thing => thing.Name, "taken"), options, Cancel);
        Assert.Equal(new Thing(3, "taken", 3), after);
        Assert.Null(await Things.FindOneAndDeleteAsync<Thing>(thing => thing.Id == 99, null, Cancel));
    }

    [Fact]
    public async Task Writes_in_bulk_without_order_and_tells_what_failed()
    {
        await Fill(3);
        var error = await Assert.ThrowsAsync<MongoBulkWriteException<Thing>>(() => Things.BulkWriteAsync(
        [
            new InsertOneModel<Thing>(new Thing(1, "again", 0)),
            new ReplaceOneModel<Thing>(Builders<Thing>.Filter.Eq(thing => thing.Id, 8), new Thing(8, "eight", 8)) { IsUpsert = true },
            new UpdateOneModel<Thing>(Builders<Thing>.Filter.Eq(thing => thing.Id, 2), Builders<Thing>.Update.Set(thing => thing.Name, "two")),
            new DeleteOneModel<Thing>(Builders<Thing>.Filter.Eq(thing => thing.Id, 0)),
        ], new BulkWriteOptions { IsOrdered = false }, Cancel));
        Assert.Equal([0], error.WriteErrors.Select(refused => refused.Index));
        Assert.Equal([1], error.Result.Upserts.Select(upsert => upsert.Index));
        Assert.Equal((1, 1), (error.Result.ModifiedCount, error.Result.DeletedCount));
    }

    [Fact]
    public async Task A_replacement_that_loses_against_a_newer_one_reports_a_duplicate_key()
    {
        await store.Collection().InsertOneAsync(new BsonDocument { { "_id", "a" }, { "lastPass", 5 } }, null, Cancel);
        var filter = Builders<BsonDocument>.Filter.Eq("_id", "a") & Builders<BsonDocument>.Filter.Lt("lastPass", 4);
        var error = await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() => store.Collection().BulkWriteAsync(
            [new ReplaceOneModel<BsonDocument>(filter, new BsonDocument { { "_id", "a" }, { "lastPass", 4 } }) { IsUpsert = true }],
            new BulkWriteOptions { IsOrdered = false }, Cancel));
        Assert.Equal(ServerErrorCategory.DuplicateKey, error.WriteErrors.Single().Category);
    }

    [Fact]
    public async Task Counts_and_lists_distinct_values()
    {
        await Fill(10);
        Assert.Equal(3, await Things.CountDocumentsAsync(thing => thing.Count > 6, null, Cancel));
        Assert.Equal(["even", "odd"], await (await Things.DistinctAsync(thing => thing.Name, thing => true, null, Cancel)).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Groups_with_aggregate()
    {
        await Fill(10);
        var sums = await Things.Aggregate().Match(thing => thing.Count > 0)
            .Group(thing => thing.Name, group => new { Name = group.Key, Sum = group.Sum(thing => thing.Count) })
            .SortBy(sum => sum.Name).ToListAsync(Cancel);
        Assert.Equal([20, 25], sums.Select(sum => sum.Sum));
    }

    private Task Fill(int count) => Things.InsertManyAsync(
        Enumerable.Range(0, count).Select(number => new Thing(number, number % 2 == 0 ? "even" : "odd", number)), null, Cancel);

    private sealed record Thing(int Id, string Name, int Count);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
