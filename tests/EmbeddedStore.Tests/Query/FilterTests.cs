using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Query;

public sealed class FilterTests
{
    /// <summary>Manual: "$eq", "Query for Null or Missing Fields", "Query an Array", "Query an Array of Embedded Documents".</summary>
    public static TheoryData<string, string, bool> Equality => new()
    {
        { "{}", "{ a: 1 }", true },
        { "{ a: 1 }", "{ a: 1 }", true },
        { "{ a: 1 }", "{ a: 1.0 }", true },
        { "{ a: 1 }", "{ a: NumberDecimal('1') }", true },
        { "{ a: 1 }", "{ a: '1' }", false },
        { "{ a: 1 }", "{ a: [2, 1] }", true },
        { "{ a: 1 }", "{ a: [[1]] }", false },
        { "{ a: [1, 2] }", "{ a: [1, 2] }", true },
        { "{ a: [1, 2] }", "{ a: [2, 1] }", false },
        { "{ a: [1, 2] }", "{ a: [0, [1, 2]] }", true },
        { "{ a: { b: 1, c: 2 } }", "{ a: { b: 1, c: 2 } }", true },
        { "{ a: { b: 1, c: 2 } }", "{ a: { c: 2, b: 1 } }", false },
        { "{ a: { b: 1 } }", "{ a: { b: 1, c: 2 } }", false },
        { "{ a: null }", "{ a: null }", true },
        { "{ a: null }", "{ b: 1 }", true },
        { "{ a: null }", "{ a: [1, null] }", true },
        { "{ a: null }", "{ a: [] }", false },
        { "{ a: null }", "{ a: 0 }", false },
        { "{ 'a.b': null }", "{ a: [{ b: 1 }, {}] }", true },
        { "{ 'a.b': null }", "{ a: [{ b: 1 }] }", false },
        { "{ 'a.b': null }", "{ a: [1, 2] }", false },
        { "{ 'a.b': null }", "{ a: [] }", false },
        { "{ 'a.b': null }", "{ a: 5 }", true },
        { "{ 'a.b': 1 }", "{ a: { b: 1 } }", true },
        { "{ 'a.b': 1 }", "{ a: [{ b: 0 }, { b: [3, 1] }] }", true },
        { "{ 'a.b': 1 }", "{ a: [[{ b: 1 }]] }", false },
        { "{ 'a.1': 7 }", "{ a: [5, 7] }", true },
        { "{ 'a.1': 5 }", "{ a: [5, 7] }", false },
        { "{ 'a.1.b': 7 }", "{ a: [5, { b: 7 }] }", true },
        { "{ 'a.0': 1 }", "{ a: { '0': 1 } }", true },
        { "{ 'a.0': 1 }", "{ a: [{ '0': 1 }] }", true },
        { "{ 'a.0.0': 1 }", "{ a: [[1]] }", true },
        { "{ a: { $ne: 1 } }", "{ a: [1, 2] }", false },
        { "{ a: { $ne: 1 } }", "{ b: 1 }", true },
        { "{ a: { $ne: null } }", "{ b: 1 }", false },
        { "{ a: { $in: [1, 'x'] } }", "{ a: ['x'] }", true },
        { "{ a: { $in: [1, null] } }", "{ b: 1 }", true },
        { "{ a: { $in: [/^x/] } }", "{ a: 'xy' }", true },
        { "{ a: { $in: [[1]] } }", "{ a: [1] }", true },
        { "{ a: { $in: [] } }", "{ a: 1 }", false },
        { "{ a: { $nin: [1] } }", "{ b: 1 }", true },
        { "{ a: { $nin: [1] } }", "{ a: [1, 2] }", false },
    };

    /// <summary>Manual: "Comparison Query Operators" (type bracketing), "$gt" … "$lte".</summary>
    public static TheoryData<string, string, bool> Ranges => new()
    {
        { "{ a: { $gt: 1 } }", "{ a: 1.5 }", true },
        { "{ a: { $gt: 1 } }", "{ a: '2' }", false },
        { "{ a: { $lt: 1 } }", "{ a: null }", false },
        { "{ a: { $lt: 1 } }", "{ b: 1 }", false },
        { "{ a: { $gte: null } }", "{ b: 1 }", true },
        { "{ a: { $gt: null } }", "{ a: null }", false },
        { "{ a: { $gt: 3, $lt: 5 } }", "{ a: [1, 9] }", true },
        { "{ a: { $elemMatch: { $gt: 3, $lt: 5 } } }", "{ a: [1, 9] }", false },
        { "{ a: { $elemMatch: { $gt: 3, $lt: 5 } } }", "{ a: [1, 4, 9] }", true },
        { "{ a: { $elemMatch: { $gt: 3 } } }", "{ a: 4 }", false },
        { "{ a: { $lte: ISODate('2020-01-01') } }", "{ a: ISODate('2020-01-01') }", true },
        { "{ a: { $lte: ISODate('2020-01-01') } }", "{ a: 5 }", false },
        { "{ a: { $lt: NaN } }", "{ a: 1 }", false },
        { "{ a: { $lt: 1 } }", "{ a: NaN }", false },
        { "{ a: { $lte: NaN } }", "{ a: NaN }", true },
        { "{ a: { $gt: [1] } }", "{ a: [1, 2] }", true },
        { "{ a: { $gt: { b: 1 } } }", "{ a: { b: 2 } }", true },
        { "{ a: { $gte: false } }", "{ a: true }", true },
        { "{ a: { $gt: MinKey } }", "{ a: 'x' }", true },
    };

    /// <summary>Manual: "Element Query Operators", "Array Query Operators", "Logical Query Operators", "$regex".</summary>
    public static TheoryData<string, string, bool> Others => new()
    {
        { "{ a: { $exists: true } }", "{ a: null }", true },
        { "{ a: { $exists: true } }", "{ a: [] }", true },
        { "{ a: { $exists: false } }", "{ b: 1 }", true },
        { "{ a: { $exists: 0 } }", "{ a: 1 }", false },
        { "{ 'a.b': { $exists: true } }", "{ a: [{}, { b: 1 }] }", true },
        { "{ 'a.b': { $exists: false } }", "{ a: [] }", true },
        { "{ a: { $type: 'int' } }", "{ a: 1 }", true },
        { "{ a: { $type: 'int' } }", "{ a: 1.0 }", false },
        { "{ a: { $type: 'number' } }", "{ a: NumberDecimal('1') }", true },
        { "{ a: { $type: ['string', 10] } }", "{ a: null }", true },
        { "{ a: { $type: 'array' } }", "{ a: [1] }", true },
        { "{ a: { $type: 'string' } }", "{ a: [1, 'x'] }", true },
        { "{ a: { $type: 'null' } }", "{ b: 1 }", false },
        { "{ a: { $size: 2 } }", "{ a: [1, 2] }", true },
        { "{ a: { $size: 2 } }", "{ a: [[1, 2]] }", false },
        { "{ a: { $size: 0 } }", "{ b: 1 }", false },
        { "{ a: { $all: [1, 2] } }", "{ a: [2, 3, 1] }", true },
        { "{ a: { $all: [1, 2] } }", "{ a: [1] }", false },
        { "{ a: { $all: [1] } }", "{ a: 1 }", true },
        { "{ a: { $all: [] } }", "{ a: [] }", false },
        { "{ a: { $all: [[1, 2]] } }", "{ a: [1, 2] }", true },
        { "{ a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { y: 2 } }] } }", "{ a: [{ x: 1 }, { y: 2 }] }", true },
        { "{ a: { $elemMatch: { x: 1, y: 2 } } }", "{ a: [{ x: 1 }, { y: 2 }] }", false },
        { "{ a: { $elemMatch: { x: 1, y: 2 } } }", "{ a: [{ x: 1, y: 2 }] }", true },
        { "{ 'a.x': 1, 'a.y': 2 }", "{ a: [{ x: 1 }, { y: 2 }] }", true },
        { "{ a: { $elemMatch: { $or: [{ x: 1 }, { x: 2 }] } } }", "{ a: [{ x: 2 }] }", true },
        { "{ a: { $elemMatch: { $in: [1, 2], $ne: 1 } } }", "{ a: [1] }", false },
        { "{ $or: [{ a: 1 }, { b: 2 }] }", "{ b: 2 }", true },
        { "{ $and: [{ a: 1 }, { b: 2 }] }", "{ b: 2 }", false },
        { "{ $nor: [{ a: 1 }, { b: 2 }] }", "{ c: 2 }", true },
        { "{ a: { $not: { $gt: 1 } } }", "{ b: 1 }", true },
        { "{ a: { $not: { $gt: 1, $lt: 9 } } }", "{ a: 5 }", false },
        { "{ a: { $not: /x/ } }", "{ a: 'y' }", true },
        { "{ a: /^x/ }", "{ a: ['y', 'xz'] }", true },
        { "{ a: /^X/i }", "{ a: 'xz' }", true },
        { "{ a: { $regex: 'b$', $options: 'm' } }", "{ a: 'b\\nc' }", true },
        { "{ a: { $regex: 'a.c', $options: 's' } }", "{ a: 'a\\nc' }", true },
        { "{ a: /x/ }", "{ a: 5 }", false },
        { "{ a: /x/ }", "{ a: /x/ }", true },
        { "{ a: { $eq: /x/ } }", "{ a: 'x' }", false },
        { "{ a: 1, $comment: 'why' }", "{ a: 1 }", true },
    };

    /// <summary>Codes and messages as MongoDB's parser gives them.</summary>
    public static TheoryData<string, int, string> Refused => new()
    {
        { "{ a: { $near: 1 } }", 2, "unknown operator: $near" },
        { "{ $expr: { $eq: [1, 1] } }", 2, "$expr" },
        { "{ $where: 'true' }", 2, "$where" },
        { "{ $text: { $search: 'x' } }", 2, "$text" },
        { "{ a: { $mod: [2, 0] } }", 2, "$mod" },
        { "{ a: { $gt: 1, b: 2 } }", 2, "unknown operator: b" },
        { "{ $or: [] }", 2, "nonempty array" },
        { "{ $or: { a: 1 } }", 2, "must be an array" },
        { "{ $or: [1] }", 2, "full objects" },
        { "{ a: { $in: 1 } }", 2, "$in needs an array" },
        { "{ a: { $in: [{ $gt: 1 }] } }", 2, "cannot nest $ under $in" },
        { "{ a: { $ne: /x/ } }", 2, "regex" },
        { "{ a: { $gt: /x/ } }", 2, "RegEx" },
        { "{ a: { $not: 1 } }", 2, "$not needs" },
        { "{ a: { $size: -1 } }", 9, "non-negative" },
        { "{ a: { $size: 1.5 } }", 9, "integer" },
        { "{ a: { $type: 'text' } }", 2, "Unknown type name alias: text" },
        { "{ a: { $type: 99 } }", 2, "Invalid numerical type code" },
        { "{ a: { $options: 'i' } }", 2, "$options needs a $regex" },
        { "{ a: { $regex: '(' } }", 51091, "invalid" },
        { "{ a: { $regex: 'a', $options: 'q' } }", 51108, "q" },
        { "{ a: { $elemMatch: 1 } }", 2, "$elemMatch needs an Object" },
        { "{ a: { $all: 1 } }", 2, "$all needs an array" },
    };

    [Theory]
    [MemberData(nameof(Equality))]
    public void Equality_looks_into_arrays_and_takes_missing_for_null(string query, string document, bool matches) => Check(query, document, matches);

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Ranges_stay_within_the_type_of_their_operand(string query, string document, bool matches) => Check(query, document, matches);

    [Theory]
    [MemberData(nameof(Others))]
    public void Element_array_logical_and_pattern_operators_match(string query, string document, bool matches) => Check(query, document, matches);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_what_it_does_not_know_by_name(string query, int code, string message)
    {
        var error = Assert.Throws<CommandException>(() => Filter.Parse(Raw.Bytes(query)));
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ a: 5 }", "{ a: [1, 5] }", 1)]
    [InlineData("{ 'a.b': 5 }", "{ a: [{ b: 1 }, { b: [4, 5] }] }", 1)]
    [InlineData("{ a: { $elemMatch: { b: 5, c: 1 } } }", "{ a: [{ b: 5 }, { b: 5, c: 2 }, { b: 5, c: 1 }] }", 2)]
    [InlineData("{ a: 5 }", "{ a: 5 }", -1)]
    public void Tells_where_in_the_array_it_matched(string query, string document, int index)
    {
        Assert.True(Filter.Parse(Raw.Bytes(query)).Matches(Raw.Bytes(document), out var at));
        Assert.Equal(index, at);
    }

    [Fact]
    public void Refuses_to_go_down_with_a_query_without_end()
    {
        var query = Raw.Bytes("{}");
        for (var level = 0; level < 60; level++)
        {
            var clauses = BsonArrays.Of([BsonValueRef.FromDocument(query)]);
            query = DocumentWriter.Build(writer => writer.Write("$and", clauses));
        }

        Assert.Equal(15, Assert.Throws<CommandException>(() => Filter.Parse(query)).Code);
    }

    private static void Check(string query, string document, bool matches) =>
        Assert.Equal(matches, Filter.Parse(Raw.Bytes(query)).Matches(Raw.Bytes(document)));
}
