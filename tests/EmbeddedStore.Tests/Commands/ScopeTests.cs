using EmbeddedStore.Commands;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

public sealed class ScopeTests
{
    [Fact]
    public void Every_command_on_the_list_has_code_that_runs_it() =>
        Assert.All(Scope.Commands.Keys, name => Assert.Equal(name, CommandTable.Named(name).Name));

    [Theory]
    [InlineData("{ find: 'things', filter: { a: { $gt: 1 }, b: { $in: [1] } }, sort: { a: 1 }, $db: 'test', lsid: { id: 1 } }", "")]
    [InlineData("{ insert: 'things', documents: [ { $odd: 1 } ] }", "")]
    [InlineData("{ update: 'things', updates: [ { q: { _id: 1 }, u: { $set: { a: 1 } }, upsert: true } ] }", "")]
    [InlineData("{ mapReduce: 'things' }", "mapReduce")]
    [InlineData("{ find: 'things', collation: { locale: 'de' } }", "find.collation")]
    [InlineData("{ find: 'things', filter: { $and: [ { a: { $near: 1 } } ] } }", "$near")]
    [InlineData("{ aggregate: 'things', pipeline: [ { $lookup: { from: 'x' } } ], cursor: {} }", "$lookup")]
    [InlineData("{ update: 'things', updates: [ { q: {}, u: { $rename: { a: 'b' } } } ] }", "$rename")]
    public void Tells_what_of_a_recorded_command_is_not_on_the_list(string command, string missing) =>
        Assert.Equal(missing, string.Join(' ', EmbeddedMongo.Unsupported(BsonDocument.Parse(command))));

    [Fact]
    public async Task Everything_the_driver_sends_here_is_on_the_list()
    {
        await using var store = new TestStore();
        store.Collection().Indexes.CreateOne(new CreateIndexModel<BsonDocument>("{ a: 1 }"));
        store.Collection().InsertMany(Enumerable.Range(0, 300).Select(id => new BsonDocument("_id", id)));
        await store.Collection().Find("{ _id: { $gte: 1 } }").Sort("{ _id: 1 }").ToListAsync();
        store.Collection().FindOneAndUpdate<BsonDocument>("{ _id: 1 }", "{ $inc: { a: 1 } }");
        store.Collection().Aggregate().Match("{ a: 1 }").Group("{ _id: '$a', n: { $sum: 1 } }").ToList();
        Assert.Contains(store.Commands, command => command.Contains("getMore"));
        Assert.All(store.Commands, command => Assert.Empty(EmbeddedMongo.Unsupported(command)));
    }

    [Fact]
    public void Every_command_that_has_code_is_on_the_list() =>
        Assert.Equal(Scope.Commands.Keys.Order(), CommandTable.Names.Order());
}
