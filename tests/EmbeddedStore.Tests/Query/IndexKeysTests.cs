using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Query;

/// <summary>Manual: "Multikey Indexes", "Compound Indexes", "Sparse Indexes", "Partial Indexes".</summary>
public sealed class IndexKeysTests
{
    /// <summary>The keys as arrays of values, in the order an ascending index has them.</summary>
    public static TheoryData<string, string, string> Cases => new()
    {
        { "{ a: 1 }", "{ a: 5 }", "[[5]]" },
        { "{ a: 1 }", "{ b: 5 }", "[[null]]" },
        { "{ a: 1 }", "{ a: [3, 1, 3, 1.0] }", "[[1], [3]]" },
        { "{ a: 1 }", "{ a: [[1, 2], 3] }", "[[3], [[1, 2]]]" },
        { "{ a: 1 }", "{ a: { b: 1 } }", "[[{ b: 1 }]]" },
        { "{ 'a.b': 1 }", "{ a: { b: 5 } }", "[[5]]" },
        { "{ 'a.b': 1 }", "{ a: 5 }", "[[null]]" },
        { "{ 'a.b': 1 }", "{ a: [{ b: 1 }, { b: [2, 3] }, { c: 1 }, 7] }", "[[null], [1], [2], [3]]" },
        { "{ 'a.b': 1 }", "{ a: [] }", "[[null]]" },
        { "{ a: 1, b: 1 }", "{ a: [2, 1], b: 7 }", "[[1, 7], [2, 7]]" },
        { "{ 'a.b': 1, 'a.c': 1 }", "{ a: [{ b: 1, c: 2 }, { b: 3, c: 4 }] }", "[[1, 2], [3, 4]]" },
        { "{ 'a.b': 1, 'a.c': 1 }", "{ a: [{ b: [1, 2], c: 3 }] }", "[[1, 3], [2, 3]]" },
        { "{ a: 1, 'a.b': 1 }", "{ a: [{ b: 1 }] }", "[[{ b: 1 }, 1]]" },
        { "{ 'a.1': 1 }", "{ a: [5, 7] }", "[[7]]" },
        { "{ 'a.0.b': 1 }", "{ a: [{ b: 5 }, { b: 7 }] }", "[[5]]" },
        { "{ x: 1, 'a.b': 1 }", "{ x: 1 }", "[[1, null]]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Takes_one_key_an_item(string pattern, string document, string keys)
    {
        var index = IndexKeys.Parse(Raw.Bytes(pattern));
        var expected = EmbeddedStore.Bson.BsonArrays.ItemsOf(Raw.Value(keys))
            .Select(key => index.Prefix([.. EmbeddedStore.Bson.BsonArrays.ItemsOf(key)]));
        Assert.Equal(expected, index.Extract(Raw.Bytes(document), out _));
    }

    [Theory]
    [InlineData("{ a: 1, b: 1 }", "{ a: [1], b: [2] }")]
    [InlineData("{ 'x.a': 1, 'x.b': 1 }", "{ x: { a: [1], b: [2] } }")]
    [InlineData("{ 'x.a': 1, 'x.b': 1 }", "{ x: [{ a: [1], b: [2] }] }")]
    [InlineData("{ a: 1, b: 1 }", "{ a: [], b: [] }")]
    public void Refuses_arrays_side_by_side(string pattern, string document) =>
        Assert.Equal(171, Assert.Throws<CommandException>(() => IndexKeys.Parse(Raw.Bytes(pattern)).Extract(Raw.Bytes(document), out _)).Code);

    [Theory]
    [InlineData("{ a: 1 }", "{ a: [1] }", 1)]
    [InlineData("{ a: 1 }", "{ a: [] }", 1)]
    [InlineData("{ a: 1 }", "{ a: 1 }", 0)]
    [InlineData("{ 'a.b': 1 }", "{ a: [{ b: 1 }] }", 1)]
    [InlineData("{ 'a.b': 1 }", "{ a: { b: 1 } }", 0)]
    [InlineData("{ x: 1, a: 1, y: 1 }", "{ x: 1, a: [1, 2], y: 3 }", 2)]
    [InlineData("{ x: 1, a: 1, y: 1 }", "{ x: 1, a: [], y: 3 }", 2)]
    [InlineData("{ 'a.b': 1, x: 1, 'a.c': 1 }", "{ a: [{ b: 1, c: 2 }] }", 5)]
    [InlineData("{ a: 1, 'a.b': 1, x: 1 }", "{ a: [{ b: [1, 2] }], x: 1 }", 3)]
    [InlineData("{ 'a.b': 1, 'a.c': 1 }", "{ a: { b: [1], c: 2 } }", 1)]
    public void Tells_which_fields_have_crossed_an_array(string pattern, string document, ulong multikey)
    {
        IndexKeys.Parse(Raw.Bytes(pattern)).Extract(Raw.Bytes(document), out var crossed);
        Assert.Equal(multikey, crossed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ a: 0 }")]
    [InlineData("{ a: 'text' }")]
    [InlineData("{ a: '2dsphere' }")]
    [InlineData("{ a: 'hashed' }")]
    [InlineData("{ '$**': 1 }")]
    [InlineData("{ 'a.$**': 1 }")]
    [InlineData("{ 'a..b': 1 }")]
    [InlineData("{ a: true }")]
    public void Refuses_other_kinds_of_index(string pattern) =>
        Assert.Equal(67, Assert.Throws<CommandException>(() => IndexKeys.Parse(Raw.Bytes(pattern))).Code);

    [Theory]
    [InlineData("{ a: 1, b: 1 }", "{ b: 1 }", true)]
    [InlineData("{ a: 1, b: 1 }", "{ c: 1 }", false)]
    [InlineData("{ 'a.b': 1 }", "{ a: [{ b: null }] }", true)]
    public void A_sparse_index_has_documents_with_any_of_its_fields(string pattern, string document, bool has) =>
        Assert.Equal(has, IndexKeys.Parse(Raw.Bytes(pattern)).HasAnyField(Raw.Bytes(document)));

    [Theory]
    [InlineData("{ a: 1 }", "{}", true)]
    [InlineData("{ a: 1 }", "{ a: 1 }", true)]
    [InlineData("{ a: 1, b: 2 }", "{ a: 1.0 }", true)]
    [InlineData("{ a: 2 }", "{ a: 1 }", false)]
    [InlineData("{}", "{ a: 1 }", false)]
    [InlineData("{ a: { $gt: 5 } }", "{ a: { $gte: 5 } }", true)]
    [InlineData("{ a: { $gte: 5 } }", "{ a: { $gt: 5 } }", false)]
    [InlineData("{ a: { $gt: 4 } }", "{ a: { $gt: 5 } }", false)]
    [InlineData("{ a: { $lt: 4 } }", "{ a: { $lte: 5 } }", true)]
    [InlineData("{ a: { $lt: 'x' } }", "{ a: { $lte: 5 } }", false)]
    [InlineData("{ a: 7 }", "{ a: { $gt: 5 } }", true)]
    [InlineData("{ a: 7 }", "{ a: { $exists: true } }", true)]
    [InlineData("{ a: null }", "{ a: { $exists: true } }", false)]
    [InlineData("{ a: { $gt: 1 } }", "{ a: { $exists: true } }", true)]
    [InlineData("{ a: 'x' }", "{ a: { $type: 'string' } }", true)]
    [InlineData("{ a: { $in: [1, 2] } }", "{ a: { $in: [1, 2, 3] } }", true)]
    [InlineData("{ a: { $in: [1, 4] } }", "{ a: { $in: [1, 2, 3] } }", false)]
    [InlineData("{ a: { $in: [1, 4] } }", "{ a: { $gt: 0 } }", true)]
    [InlineData("{ $or: [{ a: 1 }, { b: 1 }] }", "{ a: 1 }", false)]
    [InlineData("{ a: 1 }", "{ $or: [{ a: 1 }, { b: 1 }] }", true)]
    [InlineData("{ a: { $ne: 1 } }", "{ a: { $exists: true } }", false)]
    public void A_filter_implies_a_wider_one(string narrow, string wide, bool implies) =>
        Assert.Equal(implies, Filter.Parse(Raw.Bytes(narrow)).Implies(Filter.Parse(Raw.Bytes(wide))));

    [Theory]
    [InlineData("{ a: { $ne: 1 } }")]
    [InlineData("{ a: { $exists: false } }")]
    [InlineData("{ a: /x/ }")]
    [InlineData("{ $nor: [{ a: 1 }] }")]
    [InlineData("{ a: { $elemMatch: { b: 1 } } }")]
    public void Refuses_partial_indexes_by_other_conditions(string filter) =>
        Assert.Equal(67, Assert.Throws<CommandException>(() => Filter.Parse(Raw.Bytes(filter)).RequirePartialIndexShape()).Code);
}
