using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;
using MongoDB.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Planning;

/// <summary>A search in a snapshot, completed in the write lock, finds what a search in the lock would have found.</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void Finds_what_a_search_in_the_lock_would_have_found(bool one, int seed)
    {
        var random = new Random(seed);
        var collection = new Collection(1, "test.things");
        var changes = new List<Change>();
        for (var id = 0; id < 500; id++)
            collection.Insert(Document(id, random.Next(4)), changes);
        for (var round = 0; round < 50; round++)
        {
            collection.Publish(collection.Freeze());
            var search = new Search(Filter.Parse(new BsonDocument("group", 1).ToBson()), default, one);
            search.RunAhead(collection.Published, CancellationToken.None);
            for (var change = 0; change < random.Next(20); change++)
                Change(collection, random, changes, 1000 + round * 20 + change);
            var expected = collection.Current.Documents().Where(entry => search.Filter.Matches(entry.Document)).Select(entry => entry.Record).ToList();
            var found = search.InLock(collection, () => CancellationToken.None);
            if (one)
                Assert.Contains(Assert.Single(found), expected);
            else
                Assert.Equal(expected, found.Order());
        }
    }

    [Theory]
    [InlineData("{ _id: 5 }")]
    [InlineData("{ _id: 5.0, group: { $gte: 0 } }")]
    [InlineData("{ _id: 9, group: 7 }")]
    [InlineData("{ _id: { $in: [7, 3, 3, 999, 12] } }")]
    [InlineData("{ _id: { $in: [7, 3, null] }, group: { $not: { $gte: 2 } } }")]
    [InlineData("{ _id: { $in: [] } }")]
    [InlineData("{ _id: 3, $and: [{ _id: 4 }] }")]
    [InlineData("{ _id: { $gt: 3, $lt: 9 } }")]
    [InlineData("{ _id: null }")]
    public void Finds_by_id_what_a_scan_finds(string filter)
    {
        var random = new Random(4);
        var collection = new Collection(1, "test.things");
        for (var id = 0; id < 300; id++)
            collection.Insert(Document(id, random.Next(4)), []);
        var parsed = Filter.Parse(BsonDocument.Parse(filter).ToBson());
        var expected = collection.Current.Documents().Where(entry => parsed.Matches(entry.Document)).Select(entry => entry.Record).ToList();
        Assert.Equal(expected, new Search(parsed, default, one: false).InLock(collection, () => CancellationToken.None));
        Assert.Equal(expected.Take(1), new Search(parsed, default, one: true).InLock(collection, () => CancellationToken.None));
    }

    private static void Change(Collection collection, Random random, List<Change> changes, int id)
    {
        var records = collection.Current.Documents().Select(entry => entry.Record).ToList();
        var record = records[random.Next(records.Count)];
        switch (random.Next(3))
        {
            case 0:
                collection.Insert(Document(id, random.Next(4)), changes);
                break;
            case 1:
                collection.Delete(record, changes);
                break;
            default:
                var before = new RawBsonDocument(collection.Read(record).Bytes.ToArray());
                collection.Replace(record, Document(before["_id"].AsInt32, random.Next(4)), changes);
                break;
        }
    }

    private static RawDocument Document(int id, int group) => new BsonDocument { { "_id", id }, { "group", group } }.ToBson();
}
