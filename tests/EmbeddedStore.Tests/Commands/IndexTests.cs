using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

public sealed class IndexTests : IAsyncDisposable
{
    private readonly TestStore store = new();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public void A_unique_index_refuses_a_second_document_and_says_which_key()
    {
        Create("{ key: { a: 1, b: -1 }, name: 'ab', unique: true }");
        store.Run("{ insert: 'things', documents: [ { _id: 1, a: 'x', b: 2 } ] }");
        var reply = store.Run("{ insert: 'things', documents: [ { _id: 2, a: 'x', b: 3 }, { _id: 3, a: 'x', b: 2 } ] }");
        var expected = BsonDocument.Parse("""
            { index: 1, code: 11000, keyPattern: { a: 1, b: -1 }, keyValue: { a: 'x', b: 2 },
              errmsg: 'E11000 duplicate key error collection: test.things index: ab dup key: { a: "x", b: 2 }' }
            """);
        Assert.Equal(expected, reply["writeErrors"].AsBsonArray.Single());
        Assert.Equal(1, reply["n"]);
    }

    [Fact]
    public void A_unique_index_over_an_array_names_the_item_that_is_taken()
    {
        Create("{ key: { tags: 1 }, name: 'tags', unique: true }");
        store.Run("{ insert: 'things', documents: [ { _id: 1, tags: ['a', 'b'] } ] }");
        var reply = store.Run("{ insert: 'things', documents: [ { _id: 2, tags: ['c', 'b'] } ] }");
        Assert.Equal(BsonDocument.Parse("{ tags: 'b' }"), reply["writeErrors"][0]["keyValue"]);
    }

    [Theory]
    [InlineData("unique: false", 3)]
    [InlineData("sparse: true", 2)]
    [InlineData("partialFilterExpression: { a: { $gt: 5 } }", 1)]
    public void Leaves_out_what_a_sparse_or_partial_index_leaves_out(string option, int held)
    {
        Create($"{{ key: {{ a: 1 }}, name: 'a', {option} }}");
        store.Run("{ insert: 'things', documents: [ { _id: 1, a: 9 }, { _id: 2 }, { _id: 3, a: 1 } ] }");
        var stats = store.Run("{ explain: { find: 'things', hint: 'a' }, verbosity: 'executionStats' }");
        Assert.Equal(held, stats["executionStats"]["totalKeysExamined"]);
    }

    [Fact]
    public void However_a_document_changes_its_index_entries_are_those_of_a_document_inserted_like_that()
    {
        string[] versions =
        [
            "x: 1", "a: 1", "a: 2", "a: 1, z: 1", "z: 1, a: 1", "z: 2, a: 1", "a: { b: 1 }", "a: { b: 2, c: 1 }", "a: [1, 2]", "a: [2, 1, 3]", "a: [{ b: 1 }, { b: 2 }]",
            "y: 1, a: 1, b: 7", "a: 1, b: 7", "b: 7, a: 1", "b: 8", "a: null", "a: 1.0", "a: [], b: [1]",
        ];
        string[] keys = ["{ a: 1 }", "{ 'a.b': 1 }", "{ b: 1, a: -1 }", "{ z: 1 }"];
        string[] options = ["", ", sparse: true", ", partialFilterExpression: { b: { $gt: 6 } }"];
        foreach (var option in options)
            CompareAll(option, keys, versions);
    }

    private void CompareAll(string option, string[] keys, string[] versions)
    {
        var number = 0;
        var definitions = keys.Select(key => $"{{ key: {key}, name: 'i{number++}' {option} }}").ToArray();
        foreach (var things in new[] { "changed", "inserted" })
            store.Run($"{{ drop: '{things}' }}");
        foreach (var things in new[] { "changed", "inserted" })
            foreach (var definition in definitions)
                Assert.Equal(1.0, store.Run($"{{ createIndexes: '{things}', indexes: [ {definition} ] }}")["ok"].ToDouble());
        foreach (var before in versions)
            foreach (var after in versions)
            {
                // Note: an index refuses two parallel arrays, here as there.
                var changed = store.Run($"{{ insert: 'changed', documents: [ {{ _id: 1, {before} }} ] }}").Contains("writeErrors")
                    || store.Run($"{{ update: 'changed', updates: [ {{ q: {{ _id: 1 }}, u: {{ {after} }} }} ] }}").Contains("writeErrors");
                var inserted = store.Run($"{{ insert: 'inserted', documents: [ {{ _id: 1, {after} }} ] }}").Contains("writeErrors");
                if (!changed && !inserted)
                    for (var index = 0; index < number; index++)
                        Assert.Equal(Held("inserted", $"i{index}"), Held("changed", $"i{index}"));
                store.Run("{ delete: 'changed', deletes: [ { q: {}, limit: 0 } ] }");
                store.Run("{ delete: 'inserted', deletes: [ { q: {}, limit: 0 } ] }");
                Assert.All(Enumerable.Range(0, number), index => Assert.Equal(0, Held("changed", $"i{index}").Keys));
            }

        (int Keys, string Found) Held(string things, string index)
        {
            var keysExamined = store.Run($"{{ explain: {{ find: '{things}', hint: '{index}' }}, verbosity: 'executionStats' }}")["executionStats"]["totalKeysExamined"];
            var found = new[] { "a: 1", "a: 2", "'a.b': 1", "b: 7", "z: 1" }.Select(filter =>
                store.Run($"{{ find: '{things}', filter: {{ $and: [ {{ {filter} }}, {{ b: {{ $gt: 6 }} }} ] }}, hint: '{index}' }}")["cursor"]["firstBatch"].AsBsonArray.Count);
            return (keysExamined.ToInt32(), string.Join(',', found));
        }
    }

    [Fact]
    public async Task Indexes_are_still_there_after_a_restart()
    {
        Create("{ key: { a: 1 }, name: 'a', unique: true }");
        store.Run("{ insert: 'things', documents: [ { _id: 1, a: 1 } ] }");
        await store.RestartAsync();
        var indexes = store.Run("{ listIndexes: 'things' }")["cursor"]["firstBatch"].AsBsonArray;
        Assert.Equal(["_id_", "a"], indexes.Select(index => index["name"].AsString));
        Assert.Single(store.Run("{ insert: 'things', documents: [ { _id: 2, a: 1 } ] }")["writeErrors"].AsBsonArray);
    }

    [Fact]
    public void A_unique_index_is_refused_where_documents_already_collide()
    {
        store.Run("{ insert: 'things', documents: [ { _id: 1, a: 1 }, { _id: 2, a: 1 } ] }");
        var error = Assert.Throws<MongoCommandException>(() => Create("{ key: { a: 1 }, name: 'a', unique: true }"));
        Assert.Equal(11000, error.Code);
        Assert.Single(store.Run("{ listIndexes: 'things' }")["cursor"]["firstBatch"].AsBsonArray);
    }

    [Theory]
    [InlineData("{ key: { a: 1 }, name: 'a', collation: { locale: 'de' } }", 197)]
    [InlineData("{ key: { a: 1 }, name: 'a', hidden: true }", 197)]
    [InlineData("{ key: { a: 1 }, name: 'a', background: true }", 197)]
    [InlineData("{ key: { a: 1 }, name: 'a', background: false }", 197)]
    [InlineData("{ key: { a: 1 }, name: 'a', v: 1 }", 14)]
    [InlineData("{ key: { _id: 1 }, name: '_id_', unique: true }", 197)]
    [InlineData("{ key: { _id: 1 }, name: '_id_', sparse: false }", 197)]
    [InlineData("{ key: { _id: 1 }, name: 'id', expireAfterSeconds: 5 }", 197)]
    [InlineData("{ key: { _id: 1 }, name: '_id_', partialFilterExpression: { a: 1 } }", 197)]
    [InlineData("{ key: { _id: -1 }, name: '_id_-1' }", 2)]
    [InlineData("{ key: { a: 1 }, name: '_id_' }", 2)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $ne: 1 } } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $not: { $gt: 1 } } } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $nin: [1] } } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $regex: '^a' } } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $exists: false } } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { $and: [{ b: 1 }, { a: { $ne: 1 } }] } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { $nor: [{ b: 1 }] } }", 67)]
    [InlineData("{ key: { a: 1 }, name: 'a', partialFilterExpression: { a: { $size: 1 } } }", 67)]
    [InlineData("{ key: { a: 'text' }, name: 'a' }", 67)]
    [InlineData("{ key: { '$**': 1 }, name: 'a' }", 67)]
    [InlineData("{ key: { a: 1, b: 1 }, name: 'a', expireAfterSeconds: 0 }", 67)]
    public void Refuses_indexes_that_it_does_not_support(string index, int code) =>
        Assert.Equal(code, Assert.Throws<MongoCommandException>(() => Create(index)).Code);

    [Fact]
    public void Refuses_more_than_thirty_two_fields()
    {
        static string Fields(int count) => string.Join(", ", Enumerable.Range(0, count).Select(field => $"f{field}: 1"));
        Create($"{{ key: {{ {Fields(32)} }}, name: 'most' }}");
        Assert.Equal(67, Assert.Throws<MongoCommandException>(() => Create($"{{ key: {{ {Fields(33)} }}, name: 'more' }}")).Code);
    }

    [Theory]
    [InlineData("{ key: { _id: 1 }, name: '_id_' }")]
    [InlineData("{ key: { _id: 1.0 }, name: '_id_1' }")]
    [InlineData("{ key: { _id: { $numberLong: '1' } }, name: 'another' }")]
    public void The_index_on_id_is_always_there(string index)
    {
        Create(index);
        Assert.Single(store.Run("{ listIndexes: 'things' }")["cursor"]["firstBatch"].AsBsonArray);
    }

    [Fact]
    public void Lists_in_batches_of_the_size_asked_for()
    {
        for (var index = 0; index < 5; index++)
        {
            Create($"{{ key: {{ f{index}: 1 }}, name: 'f{index}' }}");
            store.Run($"{{ create: 'c{index}' }}");
        }
        foreach (var (command, count) in new[] { ("{ listIndexes: 'things', cursor: { batchSize: 2 } }", 6), ("{ listCollections: 1, cursor: { batchSize: 2 } }", 6) })
        {
            var cursor = store.Run(command)["cursor"];
            Assert.Equal(2, cursor["firstBatch"].AsBsonArray.Count);
            var ns = cursor["ns"].AsString;
            var rest = store.Run($"{{ getMore: {{ $numberLong: '{cursor["id"]}' }}, collection: '{ns[(ns.IndexOf('.', StringComparison.Ordinal) + 1)..]}' }}")["cursor"];
            Assert.Equal((0, count - 2), (rest["id"].ToInt64(), rest["nextBatch"].AsBsonArray.Count));
        }
    }

    [Fact]
    public void Refuses_the_same_name_for_another_index()
    {
        Create("{ key: { a: 1 }, name: 'a' }");
        Create("{ key: { a: 1 }, name: 'a' }");
        Assert.Equal(86, Assert.Throws<MongoCommandException>(() => Create("{ key: { b: 1 }, name: 'a' }")).Code);
        Assert.Equal(85, Assert.Throws<MongoCommandException>(() => Create("{ key: { a: 1 }, name: 'b' }")).Code);
    }

    private void Create(string index) => store.Run($"{{ createIndexes: 'things', indexes: [ {index} ] }}");
}
