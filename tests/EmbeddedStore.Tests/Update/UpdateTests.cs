using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using EmbeddedStore.Update;
using Xunit;

namespace EmbeddedStore.Tests.Update;

/// <summary>Manual: "Update Operators" and the page of each operator.</summary>
public sealed class UpdateTests
{
    public static TheoryData<string, string, string> Fields => new()
    {
        { "{ a: 1 }", "{ $set: { a: 2 } }", "{ a: 2 }" },
        { "{ a: 1 }", "{ $set: { a: 1.0 } }", "{ a: 1.0 }" },
        { "{ z: 1 }", "{ $set: { c: 1, b: 2, a: 3 } }", "{ z: 1, a: 3, b: 2, c: 1 }" },
        { "{}", "{ $set: { 'a.b.c': 1 } }", "{ a: { b: { c: 1 } } }" },
        { "{}", "{ $set: { 'a.10': 1, 'a.9': 2 } }", "{ a: { '9': 2, '10': 1 } }" },
        { "{ a: { x: 1, y: 2 } }", "{ $set: { 'a.x': 5, 'a.z': 3 } }", "{ a: { x: 5, y: 2, z: 3 } }" },
        { "{ a: [1] }", "{ $set: { 'a.3': 4 } }", "{ a: [1, null, null, 4] }" },
        { "{ a: [{ b: 1 }] }", "{ $set: { 'a.0.b': 2, 'a.1.b': 3 } }", "{ a: [{ b: 2 }, { b: 3 }] }" },
        { "{ a: 1, b: 2 }", "{ $unset: { a: '' } }", "{ b: 2 }" },
        { "{ a: [1, 2] }", "{ $unset: { 'a.0': '' } }", "{ a: [null, 2] }" },
        { "{ a: { b: 1, c: 2 } }", "{ $unset: { 'a.b': 1 } }", "{ a: { c: 2 } }" },
        { "{ a: 5 }", "{ $unset: { 'a.b': 1 } }", "{ a: 5 }" },
        { "{ a: 1 }", "{ $inc: { a: 2 } }", "{ a: 3 }" },
        { "{ a: 1 }", "{ $inc: { a: 2.5 } }", "{ a: 3.5 }" },
        { "{ a: 1 }", "{ $inc: { a: NumberLong(2) } }", "{ a: NumberLong(3) }" },
        { "{ a: 2147483647 }", "{ $inc: { a: 1 } }", "{ a: NumberLong('2147483648') }" },
        { "{ a: NumberDecimal('0.1') }", "{ $inc: { a: NumberDecimal('0.20') } }", "{ a: NumberDecimal('0.30') }" },
        { "{ a: NumberDecimal('1.5') }", "{ $inc: { a: 2 } }", "{ a: NumberDecimal('3.5') }" },
        { "{ a: 1.5 }", "{ $inc: { a: NumberDecimal('1') } }", "{ a: NumberDecimal('2.50000000000000') }" },
        { "{}", "{ $inc: { 'n.a': NumberLong(2) } }", "{ n: { a: NumberLong(2) } }" },
        { "{ a: 5, b: 5 }", "{ $min: { a: 3, b: 9 } }", "{ a: 3, b: 5 }" },
        { "{ a: 5, b: 5 }", "{ $max: { a: 3, b: 9, c: 1 } }", "{ a: 5, b: 9, c: 1 }" },
        { "{ a: 5 }", "{ $max: { a: 'x' } }", "{ a: 'x' }" },
        { "{ a: 5 }", "{ $setOnInsert: { b: 1 } }", "{ a: 5 }" },
        { "{ a: 1 }", "{ $set: {} }", "{ a: 1 }" },
    };

    public static TheoryData<string, string, string> Arrays => new()
    {
        { "{ a: [1] }", "{ $push: { a: [2] } }", "{ a: [1, [2]] }" },
        { "{}", "{ $push: { a: 1 } }", "{ a: [1] }" },
        { "{ a: [1] }", "{ $push: { a: { $each: [2, 3, 4], $slice: -2 } } }", "{ a: [3, 4] }" },
        { "{ a: [1] }", "{ $push: { a: { $each: [2, 3], $slice: 2 } } }", "{ a: [1, 2] }" },
        { "{ a: [1] }", "{ $push: { a: { $each: [2], $slice: 0 } } }", "{ a: [] }" },
        { "{ a: [3, 1] }", "{ $push: { a: { $each: [2], $sort: -1 } } }", "{ a: [3, 2, 1] }" },
        { "{ a: [{ s: 3 }, { s: 1 }] }", "{ $push: { a: { $each: [{ s: 2 }], $sort: { s: 1 }, $slice: 2 } } }", "{ a: [{ s: 1 }, { s: 2 }] }" },
        { "{ a: [1, 2] }", "{ $addToSet: { a: 2.0 } }", "{ a: [1, 2] }" },
        { "{ a: [1] }", "{ $addToSet: { a: { $each: [1, 2, 2] } } }", "{ a: [1, 2] }" },
        { "{}", "{ $addToSet: { a: { x: 1 } } }", "{ a: [{ x: 1 }] }" },
        { "{ a: [{ x: 1, y: 2 }] }", "{ $addToSet: { a: { y: 2, x: 1 } } }", "{ a: [{ x: 1, y: 2 }, { y: 2, x: 1 }] }" },
        { "{ a: [1, 2, 1] }", "{ $pull: { a: 1 } }", "{ a: [2] }" },
        { "{ a: [1, 5, 9] }", "{ $pull: { a: { $gte: 5 } } }", "{ a: [1] }" },
        { "{ a: ['x', 'y'] }", "{ $pull: { a: { $in: ['x'] } } }", "{ a: ['y'] }" },
        { "{ a: [{ x: 1, y: 2 }, { x: 2 }] }", "{ $pull: { a: { x: 1 } } }", "{ a: [{ x: 2 }] }" },
        { "{ b: 1 }", "{ $pull: { a: 1 } }", "{ b: 1 }" },
        { "{ a: [1, 2] }", "{ $inc: { 'a.$[]': 10 } }", "{ a: [11, 12] }" },
        { "{ a: [{ n: [1] }, { n: [2] }] }", "{ $inc: { 'a.$[].n.$[]': 1 } }", "{ a: [{ n: [2] }, { n: [3] }] }" },
    };

    public static TheoryData<string, string, int> Refused => new()
    {
        { "{ a: 1 }", "{ $set: { a: 1 }, $inc: { a: 1 } }", 40 },
        { "{ a: 1 }", "{ $set: { a: 1, 'a.b': 1 } }", 40 },
        { "{ a: 1 }", "{ $set: { 'a.b': 1, a: 1 } }", 40 },
        { "{ a: [1] }", "{ $set: { 'a.0': 1, 'a.$[]': 2 } }", 40 },
        { "{ _id: 1 }", "{ $set: { _id: 2 } }", 66 },
        { "{ _id: 1 }", "{ $unset: { _id: 1 } }", 66 },
        { "{ _id: 1 }", "{ _id: 2, a: 1 }", 66 },
        { "{ a: 'x' }", "{ $inc: { a: 1 } }", 14 },
        { "{ a: 1 }", "{ $inc: { a: 'x' } }", 14 },
        { "{ a: NumberLong('9223372036854775807') }", "{ $inc: { a: 1 } }", 2 },
        { "{ a: 1 }", "{ $push: { a: 1 } }", 2 },
        { "{ a: 1 }", "{ $addToSet: { a: 1 } }", 2 },
        { "{ a: 1 }", "{ $pull: { a: 1 } }", 2 },
        { "{ a: 1 }", "{ $set: { 'a.b': 1 } }", 28 },
        { "{ a: [1] }", "{ $set: { 'a.b': 1 } }", 28 },
        { "{ a: null }", "{ $set: { 'a.b': 1 } }", 28 },
        { "{ a: 1 }", "{ $set: { 'a..b': 1 } }", 56 },
        { "{ a: 1 }", "{ $set: { '': 1 } }", 56 },
        { "{ a: 1 }", "{ $set: { '$a': 1 } }", 52 },
        { "{ a: 1 }", "{ a: 2, $set: { b: 1 } }", 52 },
        { "{ a: 1 }", "{ $set: { b: 1 }, a: 2 }", 9 },
        { "{ a: 1 }", "{ $mul: { a: 2 } }", 9 },
        { "{ a: 1 }", "{ $rename: { a: 'b' } }", 9 },
        { "{ a: 1 }", "{ $currentDate: { a: true } }", 9 },
        { "{ a: 1 }", "{ $set: 1 }", 9 },
        { "{ a: [1] }", "{ $push: { a: { $each: [1], $position: 0 } } }", 2 },
        { "{ a: [1] }", "{ $push: { a: { $each: 1 } } }", 14 },
        { "{ a: [1] }", "{ $set: { 'a.$': 1 } }", 2 },
        { "{ a: [1] }", "{ $set: { 'a.$[x]': 1 } }", 2 },
        { "{ b: 1 }", "{ $set: { 'a.$[]': 1 } }", 2 },
        { "{ a: 1 }", "{ $set: { 'a.$[]': 1 } }", 2 },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_operators_change_values_and_keep_number_types(string before, string update, string after) => Check(before, update, after);

    [Theory]
    [MemberData(nameof(Arrays))]
    public void Array_operators_change_items(string before, string update, string after) => Check(before, update, after);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_with_the_servers_code(string before, string update, int code)
    {
        var error = Assert.Throws<CommandException>(() =>
            UpdateSpec.Parse(Raw.Value(update)).Apply(Raw.Bytes(before), Filter.Parse(Raw.Bytes("{}"))));
        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("{ _id: 1, a: 1 }", "{ $set: { a: 1 } }")]
    [InlineData("{ _id: 1, a: 1 }", "{ $inc: { a: 0 } }")]
    [InlineData("{ _id: 1, a: 1 }", "{ $max: { a: 0 } }")]
    [InlineData("{ _id: 1, a: [1] }", "{ $addToSet: { a: 1 } }")]
    [InlineData("{ _id: 1, a: [1] }", "{ $pull: { a: 2 } }")]
    [InlineData("{ _id: 1, a: [1] }", "{ $unset: { b: 1, 'a.x': 1 } }")]
    [InlineData("{ _id: 1, a: 1 }", "{ a: 1 }")]
    [InlineData("{ _id: 1, a: 1 }", "{ $setOnInsert: { a: 2 } }")]
    public void Returns_the_same_bytes_when_nothing_changes(string before, string update)
    {
        ReadOnlyMemory<byte> document = Raw.Bytes(before);
        var after = UpdateSpec.Parse(Raw.Value(update)).Apply(document, Filter.Parse(Raw.Bytes("{}")));
        Assert.True(document.Equals(after));
    }

    [Theory]
    [InlineData("{ 'a': 2 }", "{ a: [1, 2, 2] }", "{ $set: { 'a.$': 9 } }", "{ a: [1, 9, 2] }")]
    [InlineData("{ 'a.k': 'y' }", "{ a: [{ k: 'x', n: 1 }, { k: 'y', n: 1 }] }", "{ $inc: { 'a.$.n': 1 } }", "{ a: [{ k: 'x', n: 1 }, { k: 'y', n: 2 }] }")]
    [InlineData("{ a: { $elemMatch: { k: 'y', n: 2 } } }", "{ a: [{ k: 'y', n: 1 }, { k: 'y', n: 2 }] }", "{ $unset: { 'a.$.n': 1 } }", "{ a: [{ k: 'y', n: 1 }, { k: 'y' }] }")]
    public void The_positional_operator_takes_the_matched_item(string query, string before, string update, string after)
    {
        var result = UpdateSpec.Parse(Raw.Value(update)).Apply(Raw.Bytes(before), Filter.Parse(Raw.Bytes(query)));
        Assert.Equal(Raw.Expected(after), Raw.Text(result));
    }

    [Theory]
    [InlineData("{ a: [1, 5, 9] }", "{ $set: { 'a.$[x]': 0 } }", "[{ x: { $gt: 4 } }]", "{ a: [1, 0, 0] }")]
    [InlineData("{ a: [{ k: 1, n: 1 }, { k: 2, n: 1 }] }", "{ $inc: { 'a.$[i].n': 5 } }", "[{ 'i.k': 2 }]", "{ a: [{ k: 1, n: 1 }, { k: 2, n: 6 }] }")]
    [InlineData("{ a: [{ b: [1, 2] }, { b: [3] }] }", "{ $inc: { 'a.$[].b.$[x]': 10 } }", "[{ x: { $gte: 2 } }]", "{ a: [{ b: [1, 12] }, { b: [13] }] }")]
    [InlineData("{ a: [{ k: 1 }, { k: 2 }] }", "{ $set: { 'a.$[x].p': 1, 'a.$[y].q': 1 } }", "[{ 'x.k': 1 }, { 'y.k': { $lt: 3 } }]", "{ a: [{ k: 1, p: 1, q: 1 }, { k: 2, q: 1 }] }")]
    public void Array_filters_pick_items(string before, string update, string filters, string after)
    {
        var result = UpdateSpec.Parse(Raw.Value(update), Raw.Value(filters)).Apply(Raw.Bytes(before), Filter.Parse(Raw.Bytes("{}")));
        Assert.Equal(Raw.Expected(after), Raw.Text(result));
    }

    [Theory]
    [InlineData("[{ y: 1 }]", 9)]
    [InlineData("[{ x: 1 }, { x: 2 }]", 9)]
    [InlineData("[{ x: 1, y: 2 }]", 9)]
    [InlineData("[{}]", 9)]
    [InlineData("[{ X: 1 }]", 2)]
    public void Refuses_array_filters_that_fit_nothing(string filters, int code)
    {
        var error = Assert.Throws<CommandException>(() => UpdateSpec.Parse(Raw.Value("{ $set: { 'a.$[]': 0 } }"), Raw.Value(filters)));
        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("{ _id: 7, a: 1, b: { $gt: 5 }, $and: [{ c: 2 }, { 'd.e': { $eq: 3 } }] }", "{ $set: { x: 1 } }", "{ _id: 7, a: 1, c: 2, d: { e: 3 }, x: 1 }")]
    [InlineData("{ _id: 7 }", "{ $inc: { n: 1 }, $setOnInsert: { s: 1 } }", "{ _id: 7, n: 1, s: 1 }")]
    [InlineData("{ _id: 7, a: 1 }", "{ b: 2 }", "{ _id: 7, b: 2 }")]
    [InlineData("{ a: 1 }", "{ $set: { 'b.c': 1 } }", "{ a: 1, b: { c: 1 } }")]
    [InlineData("{ a: { $in: [1] }, $or: [{ b: 1 }, { c: 1 }] }", "{ $set: { x: 1 } }", "{ x: 1 }")]
    [InlineData("{ a: { $all: [1] }, $or: [{ b: 1 }] }", "{ $set: { x: 1 } }", "{ a: 1, b: 1, x: 1 }")]
    public void An_upsert_starts_from_the_filters_equalities(string query, string update, string inserted)
    {
        var result = UpdateSpec.Parse(Raw.Value(update)).ApplyToNothing(Filter.Parse(Raw.Bytes(query)));
        Assert.Equal(Raw.Expected(inserted), Raw.Text(result));
    }

    [Theory]
    [InlineData("{ a: 1, $and: [{ a: 2 }] }", "{ $set: { x: 1 } }", 54)]
    [InlineData("{ a: 1, 'a.b': 2 }", "{ $set: { x: 1 } }", 54)]
    [InlineData("{ _id: 1 }", "{ $set: { _id: 2 } }", 66)]
    [InlineData("{ _id: 1 }", "{ _id: 2 }", 66)]
    public void Refuses_an_upsert_that_contradicts_itself(string query, string update, int code)
    {
        var error = Assert.Throws<CommandException>(() => UpdateSpec.Parse(Raw.Value(update)).ApplyToNothing(Filter.Parse(Raw.Bytes(query))));
        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void A_replacement_keeps_the_id_in_front()
    {
        var result = UpdateSpec.Parse(Raw.Value("{ b: 1, _id: 5 }")).Apply(Raw.Bytes("{ _id: 5, a: 1 }"), Filter.Parse(Raw.Bytes("{}")));
        Assert.Equal(Raw.Expected("{ _id: 5, b: 1 }"), Raw.Text(result));
    }

    private static void Check(string before, string update, string after)
    {
        var result = UpdateSpec.Parse(Raw.Value(update)).Apply(Raw.Bytes(before), Filter.Parse(Raw.Bytes("{}")));
        Assert.Equal(Raw.Expected(after), Raw.Text(result));
    }
}
