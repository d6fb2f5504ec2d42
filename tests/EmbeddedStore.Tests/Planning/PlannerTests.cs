using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Planning;

public sealed class PlannerTests : IAsyncDisposable
{
    private readonly TestStore store = new();

    public PlannerTests()
    {
        Create("{ key: { a: 1, b: 1 }, name: 'ab' }");
        Create("{ key: { b: -1 }, name: 'b' }");
        Create("{ key: { tags: 1 }, name: 'tags' }");
        Create("{ key: { code: 1 }, name: 'code', unique: true, sparse: true }");
        Create("{ key: { tenant: 1, tags: 1, b: 1, _id: 1 }, name: 'tags-b' }");
        Create("{ key: { 'l.x': 1, 'l.y': 1, b: -1 }, name: 'l' }");
        Create("{ key: { b: 1, e: 1 }, name: 'b-e' }");
        Create("{ key: { due: 1 }, name: 'due', partialFilterExpression: { open: true } }");
        store.Collection().InsertMany(Enumerable.Range(0, 1000).Select(id => new BsonDocument
        {
            { "_id", id }, { "a", id % 10 }, { "b", id % 100 }, { "tags", new BsonArray { id % 7, 10 + id % 5 } }, { "due", id }, { "open", id % 50 == 0 },
            { "tenant", "t" }, { "l", new BsonArray { new BsonDocument { { "x", id % 3 }, { "y", id % 4 } }, new BsonDocument { { "x", 5 }, { "y", id % 2 } } } },
            { "e", id % 9 == 0 ? new BsonArray() : id % 9 },
        }));
        store.Collection().UpdateMany("{ _id: { $lt: 10 } }", "{ $set: { few: true } }");
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData("filter: { _id: 7 }", "_id_", 1)]
    [InlineData("filter: { _id: { $in: [1, 2, 3, 5000] } }", "_id_", 3)]
    [InlineData("filter: { a: 3 }", "ab", 100)]
    [InlineData("filter: { a: 3, b: 13 }", "ab", 10)]
    [InlineData("filter: { a: 3, b: { $gte: 50, $lt: 70 } }", "ab", 20)]
    [InlineData("filter: { a: { $in: [3, 4] }, b: { $in: [13, 14, 15] } }", "ab", 20)]
    [InlineData("filter: { b: { $gt: 97 } }", "b", 20)]
    [InlineData("filter: { a: { $gt: 7, $lt: 9 } }", "ab", 100)]
    [InlineData("filter: { tags: 12 }", "tags", 200)]
    [InlineData("filter: { due: { $lt: 500 }, open: true }", "due", 10)]
    [InlineData("filter: { a: null }", "ab", 0)]
    [InlineData("filter: { a: 3 }, sort: { b: 1 }, limit: 5", "ab", 5)]
    [InlineData("filter: { a: 3 }, sort: { b: -1 }, limit: 5", "ab", 5)]
    [InlineData("sort: { b: 1 }, limit: 5", "b", 5)]
    [InlineData("sort: { a: -1, b: -1 }, limit: 5", "ab", 5)]
    [InlineData("sort: { _id: -1 }, skip: 10, limit: 5", "_id_", 15)]
    [InlineData("filter: { tenant: 't', tags: 12 }, sort: { b: 1, _id: 1 }, limit: 5", "tags-b", 5)]
    [InlineData("filter: { tenant: 't', tags: 12 }, sort: { b: -1, _id: -1 }, skip: 3, limit: 5", "tags-b", 8)]
    [InlineData("filter: { tenant: 't', tags: 12, b: 42 }, sort: { _id: 1 }, limit: 5", "tags-b", 5)]
    [InlineData("filter: { tenant: 't', tags: 12, b: { $gt: 20, $lt: 50 } }, sort: { tenant: 1, b: 1 }, limit: 5", "tags-b", 5)]
    [InlineData("filter: { tenant: 't', tags: 12, b: { $gt: 20, $lt: 50 } }", "tags-b", 60)]
    [InlineData("filter: { l: { $elemMatch: { x: 5, y: 1 } } }, sort: { b: -1 }, limit: 5", "l", 5)]
    [InlineData("filter: { l: { $elemMatch: { x: 5, y: 1 } } }, sort: { b: 1 }, limit: 5", "l", 5)]
    public void Reads_no_more_of_an_index_than_it_must(string query, string index, int examined)
    {
        var plan = Explain(query);
        Assert.Equal(("FETCH", "IXSCAN", index), (Winning(plan)["stage"].AsString, Winning(plan)["inputStage"]["stage"].AsString, Winning(plan)["inputStage"]["indexName"].AsString));
        Assert.Equal(examined, plan["executionStats"]["totalDocsExamined"]);
    }

    [Theory]
    [InlineData("filter: { few: true }", "COLLSCAN")]
    [InlineData("filter: { due: { $lt: 500 } }", "COLLSCAN")]
    [InlineData("filter: { code: null }", "COLLSCAN")]
    [InlineData("filter: { a: 3 }, sort: { few: 1 }", "SORT")]
    [InlineData("filter: { a: { $gt: 3 } }, sort: { b: 1 }", "SORT")]
    [InlineData("sort: { tags: 1 }", "SORT")]
    [InlineData("filter: { tags: 12 }, sort: { tags: 1 }", "SORT")]
    [InlineData("filter: { tenant: 't', tags: 12 }, sort: { tags: 1, b: 1 }", "SORT")]
    [InlineData("filter: { tenant: 't' }, sort: { tags: 1, b: 1 }", "SORT")]
    [InlineData("filter: { tenant: 't', tags: { $in: [1, 12] } }, sort: { b: 1 }", "SORT")]
    [InlineData("filter: { 'l.x': 5 }, sort: { 'l.y': 1 }", "SORT")]
    [InlineData("filter: { b: 42 }, sort: { e: 1 }", "SORT")]
    [InlineData("sort: { a: 1, b: -1 }", "SORT")]
    [InlineData("filter: { $or: [ { a: 3 }, { few: true } ] }", "COLLSCAN")]
    [InlineData("filter: { a: 3 }, hint: { $natural: 1 }", "COLLSCAN")]
    public void Looks_at_all_or_sorts_where_no_index_gives_the_answer(string query, string stage) =>
        Assert.Equal(stage, Winning(Explain(query))["stage"]);

    [Fact]
    public void Goes_through_an_index_for_each_branch_of_an_or()
    {
        var plan = Explain("filter: { $or: [ { a: 3, b: 13 }, { _id: 5 } ] }");
        Assert.Equal(["ab", "_id_"], Winning(plan)["inputStage"]["inputStages"].AsBsonArray.Select(scan => scan["indexName"].AsString));
        Assert.Equal((11, 11), (plan["executionStats"]["totalDocsExamined"].AsInt32, plan["executionStats"]["nReturned"].AsInt32));
    }

    [Fact]
    public void Finds_each_document_once_through_an_index_over_arrays() =>
        Assert.Equal(1000, store.Collection().Find("{ tags: { $gte: 0 } }").ToList().Select(thing => thing["_id"]).Distinct().Count());

    [Fact]
    public void Two_bounds_on_an_array_may_be_met_by_two_items()
    {
        store.Collection("arrays").Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ v: 1 }"));
        store.Collection("arrays").InsertOne(BsonDocument.Parse("{ _id: 1, v: [0, 10] }"));
        Assert.Equal(1, store.Collection("arrays").CountDocuments("{ v: { $gt: 4, $lt: 6 } }"));
        Assert.Equal(0, store.Collection("arrays").CountDocuments("{ v: { $elemMatch: { $gt: 4, $lt: 6 } } }"));
    }

    [Theory]
    [InlineData("{ a: 3, b: { $gte: 50 } }", "{ b: 1 }")]
    [InlineData("{ a: { $in: [1, 5, 9] } }", "{ a: -1, b: -1 }")]
    [InlineData("{ b: { $lte: 20 } }", "{ b: -1, _id: 1 }")]
    [InlineData("{ tags: { $in: [1, 12] }, a: { $ne: 2 } }", "{ _id: 1 }")]
    [InlineData("{ $or: [ { a: 1 }, { b: 2 } ] }", "{ _id: -1 }")]
    [InlineData("{ due: { $gt: 100, $lt: 900 }, open: true }", "{ due: -1 }")]
    [InlineData("{ tenant: 't', tags: 12 }", "{ b: 1, _id: 1 }")]
    [InlineData("{ tenant: 't', tags: 12 }", "{ b: -1, _id: -1 }")]
    [InlineData("{ tenant: 't', tags: 12 }", "{ tags: -1, b: 1, _id: 1 }")]
    [InlineData("{ tenant: 't', tags: { $gte: 3, $lte: 11 }, b: { $gt: 20, $lt: 50 } }", "{ b: 1 }")]
    [InlineData("{ tenant: 't', tags: { $in: [3, 12] }, b: { $gt: 20, $lt: 50 } }", "{ tags: 1, b: 1, _id: 1 }")]
    [InlineData("{ 'l.x': 5, 'l.y': 1 }", "{ b: -1 }")]
    [InlineData("{ 'l.x': 1, 'l.y': 1 }", "{ b: -1 }")]
    [InlineData("{ l: { $elemMatch: { x: 5, y: 1 } } }", "{ b: -1 }")]
    [InlineData("{ 'l.x': 5, 'l.y': { $gte: 1, $lt: 2 } }", "{ b: 1 }")]
    [InlineData("{ b: { $gte: 5, $lt: 50 }, e: { $gte: 1, $lt: 4 } }", "{ b: 1, e: 1 }")]
    public void An_index_never_changes_the_answer(string filter, string sort)
    {
        var byScan = store.Collection().Find(filter, new FindOptions { Hint = new BsonDocument("$natural", 1) }).Sort(sort).ToList();
        var byIndex = store.Collection().Find(filter).Sort(sort).ToList();
        Assert.NotEmpty(byScan);
        Assert.Equal(byScan.Select(SortedBy(sort)), byIndex.Select(SortedBy(sort)));
        Assert.Equal(byScan.ToHashSet(), byIndex.ToHashSet());
    }

    [Fact]
    public void Finds_all_from_the_last_to_the_first_when_asked_to()
    {
        var ids = store.Collection().Find("{ a: 3 }", new FindOptions { Hint = new BsonDocument("$natural", -1) }).ToList().Select(thing => thing["_id"].AsInt32).ToList();
        Assert.Equal(Enumerable.Range(0, 1000).Where(id => id % 10 == 3).Reverse(), ids);
        Assert.Equal("backward", Winning(Explain("filter: { a: 3 }, hint: { $natural: -1 }"))["direction"]);
    }

    /// <summary>Pages over a tag follow one another without a gap and without a document twice, however many tags it has.</summary>
    [Theory, InlineData("{ b: 1, _id: 1 }"), InlineData("{ b: -1, _id: -1 }")]
    public void Pages_by_one_item_of_an_array_meet_each_document_once(string sort)
    {
        store.Collection().UpdateMany("{ a: 3 }", "{ $set: { tags: [ 12, 12, 40, 7, 12 ] } }");
        var pages = Enumerable.Range(0, 100).Select(page => store.Collection().Find("{ tenant: 't', tags: 12 }").Sort(sort).Skip(page * 7).Limit(7).ToList())
            .TakeWhile(page => page.Count > 0).SelectMany(page => page).Select(thing => thing["_id"]).ToList();
        var all = store.Collection().Find("{ tags: 12 }", new FindOptions { Hint = new BsonDocument("$natural", 1) }).Sort(sort).ToList().Select(thing => thing["_id"]);
        Assert.Equal(all, pages);
    }

    private static Func<BsonDocument, string> SortedBy(string sort) => thing =>
        string.Join(',', BsonDocument.Parse(sort).Names.Select(name => thing[name]));

    private static BsonValue Winning(BsonDocument plan) => plan["queryPlanner"]["winningPlan"];

    private BsonDocument Explain(string query) => store.Run($"{{ explain: {{ find: 'things', {query} }}, verbosity: 'executionStats' }}");

    private void Create(string index) => store.Run($"{{ createIndexes: 'things', indexes: [ {index} ] }}");
}
