using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

public sealed class InsertTests : IAsyncDisposable
{
    private readonly TestStore store = new();

    [Fact]
    public void Answers_a_ping_through_the_unmodified_driver() => Assert.Equal(1.0, store.Run("{ ping: 1 }")["ok"]);

    [Fact]
    public async Task Keeps_what_was_inserted_over_a_restart()
    {
        await store.Collection().InsertOneAsync(new BsonDocument { { "_id", 1 }, { "name", "Ann" } }, null, Cancel);
        await store.RestartAsync();
        Assert.Equal("Ann", (await store.Collection().Find(new BsonDocument()).SingleAsync(Cancel))["name"]);
    }

    [Fact]
    public async Task Tells_which_documents_of_an_unordered_insert_were_refused()
    {
        var documents = new[] { 1, 2, 1, 3, 2 }.Select(id => new BsonDocument("_id", id));
        var error = await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() =>
            store.Collection().InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, Cancel));
        Assert.Equal([2, 4], error.WriteErrors.Select(refused => refused.Index));
        Assert.All(error.WriteErrors, refused => Assert.Equal(ServerErrorCategory.DuplicateKey, refused.Category));
        Assert.Equal(3, await store.Collection().CountDocumentsAsync(new BsonDocument(), null, Cancel));
    }

    [Fact]
    public async Task Stops_an_ordered_insert_at_the_first_error()
    {
        var documents = new[] { 1, 1, 2 }.Select(id => new BsonDocument("_id", id));
        await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(() => store.Collection().InsertManyAsync(documents, null, Cancel));
        Assert.Equal(1, await store.Collection().EstimatedDocumentCountAsync(null, Cancel));
    }

    [Fact]
    public async Task Gives_an_id_to_a_document_that_has_none()
    {
        store.Run("{ insert: 'things', documents: [ { name: 'Ann' } ] }");
        Assert.Equal(BsonType.ObjectId, (await store.Collection().Find(new BsonDocument()).SingleAsync(Cancel))["_id"].BsonType);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
