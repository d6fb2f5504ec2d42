using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

public sealed class ExpiryTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly TestStore store;

    public ExpiryTests() => store = new(options => options with { Clock = clock });

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Deletes_what_is_due_and_leaves_the_rest()
    {
        store.Collection().Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ expireAt: 1 }", new CreateIndexOptions { ExpireAfter = TimeSpan.Zero }));
        var now = clock.GetUtcNow().UtcDateTime;
        store.Collection().InsertMany(
        [
            new() { { "_id", "past" }, { "expireAt", now.AddHours(-1) } },
            new() { { "_id", "soon" }, { "expireAt", now.AddSeconds(59) } },
            new() { { "_id", "future" }, { "expireAt", now.AddHours(1) } },
            new() { { "_id", "text" }, { "expireAt", "2020-01-01" } },
            new() { { "_id", "none" } },
        ]);
        clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 500 && store.Collection().CountDocuments("{}") > 3; i++)
            await Task.Delay(10);
        Assert.Equal(["future", "none", "text"], store.Collection().Find("{}").ToList().Select(thing => thing["_id"].AsString).Order());
    }

    [Fact]
    public void A_cursor_that_nobody_asks_for_is_forgotten()
    {
        store.Collection().InsertMany(Enumerable.Range(0, 500).Select(id => new BsonDocument("_id", id)));
        using var cursor = store.Collection().Find("{}", new FindOptions { BatchSize = 10 }).ToCursor();
        Assert.True(cursor.MoveNext());
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Throws<MongoCursorNotFoundException>(() => cursor.MoveNext());
    }
}
