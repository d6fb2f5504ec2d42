using EmbeddedStore.Bson;
using EmbeddedStore.Commands;
using MongoDB.Bson;
using MongoDB.Driver;
using Xunit;

namespace EmbeddedStore.Tests.Commands;

/// <summary>What is not supported is refused with MongoDB's own code; nothing is ignored in silence.</summary>
public sealed class RefusalTests : IAsyncDisposable
{
    private readonly TestStore store = new();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData("{ mapReduce: 'things' }", 59)]
    [InlineData("{ bulkWrite: 1, ops: [], nsInfo: [] }", 59)]
    [InlineData("{ find: 'things', collation: { locale: 'de' } }", 40415)]
    [InlineData("{ find: 'things', min: { a: 1 } }", 40415)]
    [InlineData("{ find: 'things', tailable: true }", 40415)]
    [InlineData("{ find: 'things', let: { a: 1 } }", 40415)]
    [InlineData("{ find: 'things', skip: -1 }", 51024)]
    [InlineData("{ find: 'things', filter: 1 }", 14)]
    [InlineData("{ find: 'things', batchSize: -1 }", 2)]
    [InlineData("{ find: 'things', maxTimeMS: -1 }", 2)]
    [InlineData("{ find: 'things', maxTimeMS: { $numberLong: '2147483648' } }", 2)]
    [InlineData("{ find: 'things', maxTimeMS: 'soon' }", 14)]
    [InlineData("{ find: 'things', hint: { $natural: 2 } }", 2)]
    [InlineData("{ find: 'things', hint: { $natural: 1, a: 1 } }", 2)]
    [InlineData("{ find: 'things', readConcern: { level: 1 } }", 72)]
    [InlineData("{ count: 'things', skip: -1 }", 51024)]
    [InlineData("{ insert: 'things', documents: [ {} ], writeConcern: { w: 1, provenance: 'me' } }", 40415)]
    [InlineData("{ createIndexes: 'things', indexes: [ { key: { a: 1 }, name: 'a' } ], commitQuorum: 1 }", 40415)]
    [InlineData("{ find: 'things', hint: 'nothing' }", 2)]
    [InlineData("{ find: 'things', readConcern: { level: 'snapshot' } }", 72)]
    [InlineData("{ find: 'things', filter: { $where: '1' } }", 2)]
    [InlineData("{ insert: 'things', documents: [ {} ], writeConcern: { w: 2 } }", 100)]
    [InlineData("{ insert: 'things', documents: [ {} ], writeConcern: { w: 1, x: 1 } }", 40415)]
    [InlineData("{ insert: 'things', documents: [] }", 21)]
    [InlineData("{ insert: 'things', documents: [ {} ], txnNumber: 1 }", 20)]
    [InlineData("{ insert: '$things', documents: [ {} ] }", 73)]
    [InlineData("{ update: 'things', updates: [ { q: {}, u: { $set: { a: 1 } }, collation: { locale: 'de' } } ] }", 40415)]
    [InlineData("{ delete: 'things', deletes: [ { q: {}, limit: 0, collation: { locale: 'de' } } ] }", 40415)]
    [InlineData("{ aggregate: 'things', pipeline: [ { $lookup: {} } ], cursor: {} }", 40324)]
    [InlineData("{ aggregate: 1, pipeline: [], cursor: {} }", 238)]
    [InlineData("{ aggregate: 'things', pipeline: [] }", 9)]
    [InlineData("{ create: 'things', capped: true, size: 100 }", 40415)]
    [InlineData("{ getMore: { $numberLong: '77' }, collection: 'things' }", 43)]
    [InlineData("{ explain: { insert: 'things' } }", 238)]
    [InlineData("{ explain: { distinct: 'things', key: 'a' } }", 238)]
    [InlineData("{ collStats: 'things' }", 59)]
    [InlineData("{ currentOp: 1 }", 59)]
    [InlineData("{ dropIndexes: 'nothing', index: 'a' }", 26)]
    [InlineData("{ listIndexes: 'nothing' }", 26)]
    [InlineData("{ findAndModify: 'things', query: {}, remove: true, new: true }", 9)]
    public void Refuses_with_the_code_of_MongoDB(string command, int code) =>
        Assert.Equal(code, Assert.Throws<MongoCommandException>(() => store.Run(command)).Code);

    /// <summary>Note: the driver reads a write concern itself, and would not send these.</summary>
    [Theory]
    [InlineData("{ insert: 'things', writeConcern: { w: 1, wtimeout: -1 } }", 9)]
    [InlineData("{ insert: 'things', writeConcern: { w: 1, wtimeout: 'later' } }", 9)]
    [InlineData("{ insert: 'things', writeConcern: { w: 1, wtimeout: 0.5 } }", 9)]
    [InlineData("{ insert: 'things', writeConcern: { w: 1, j: 'yes' } }", 9)]
    [InlineData("{ insert: 'things', writeConcern: { w: { a: 1 } } }", 9)]
    [InlineData("{ insert: 'things', writeConcern: 1 }", 14)]
    public void Refuses_a_write_concern_that_means_nothing(string command, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => Options.Check("insert", BsonDocument.Parse(command).ToBson())).Code);

    [Theory]
    [InlineData("{ insert: 'things', documents: [ { _id: [1] } ] }", 2)]
    [InlineData("{ update: 'things', updates: [ { q: {}, u: { $rename: { a: 'b' } } } ] }", 9)]
    [InlineData("{ update: 'things', updates: [ { q: { a: { $near: 1 } }, u: { $set: { a: 1 } } } ] }", 2)]
    [InlineData("{ delete: 'things', deletes: [ { q: {}, limit: 2 } ] }", 9)]
    public void Refuses_a_statement_of_a_bulk_write_by_its_position(string command, int code)
    {
        var error = store.Run(command)["writeErrors"].AsBsonArray.Single();
        Assert.Equal((0, code), (error["index"].AsInt32, error["code"].AsInt32));
    }

    [Fact]
    public void Refuses_a_transaction()
    {
        using var session = store.Client.StartSession();
        Assert.ThrowsAny<Exception>(() =>
        {
            session.StartTransaction();
            store.Collection().InsertOne(session, new BsonDocument("_id", 1));
            session.CommitTransaction();
        });
        Assert.Equal(0, store.Collection().CountDocuments("{}"));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_document_that_is_too_deep_is_refused(int levels, bool allowed)
    {
        // Note: the driver would not even send it.
        var document = DocumentWriter.Build(_ => { });
        for (var level = 1; level < levels; level++)
        {
            var inner = document;
            document = DocumentWriter.Build(outer => outer.Write("a", (RawDocument)inner));
        }
        if (allowed)
            DocumentChecks.Check(document);
        else
            Assert.Equal(15, Assert.Throws<CommandException>(() => DocumentChecks.Check(document)).Code);
    }

    [Fact]
    public void An_unacknowledged_write_gets_no_reply_and_is_done_before_the_next_command()
    {
        var careless = store.Collection().WithWriteConcern(WriteConcern.Unacknowledged);
        for (var id = 0; id < 50; id++)
            careless.InsertOne(new BsonDocument("_id", id));
        Assert.Equal(50, SpinUntil(50));
    }

    private long SpinUntil(long count)
    {
        for (var i = 0; i < 500 && store.Collection().CountDocuments("{}") < count; i++)
            Thread.Sleep(10);
        return store.Collection().CountDocuments("{}");
    }
}
