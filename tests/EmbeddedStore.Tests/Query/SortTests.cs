using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Query;

/// <summary>Manual: "cursor.sort()", sort order across types, sort by array fields.</summary>
public sealed class SortTests
{
    private static readonly string[] Documents =
    [
        "{ _id: 1, a: 5 }",
        "{ _id: 2, a: [1, 9] }",
        "{ _id: 3 }",
        "{ _id: 4, a: [] }",
        "{ _id: 5, a: null }",
        "{ _id: 6, a: 'x' }",
        "{ _id: 7, a: NumberDecimal('4.5') }",
        "{ _id: 8, a: { b: 1 } }",
        "{ _id: 9, a: [[0]] }",
    ];

    [Theory]
    [InlineData("{ a: 1 }", "4 3 5 2 7 1 6 8 9")]
    [InlineData("{ a: -1 }", "9 8 6 2 1 7 3 5 4")]
    [InlineData("{ a: 1, _id: -1 }", "4 5 3 2 7 1 6 8 9")]
    [InlineData("{ 'a.b': -1, _id: 1 }", "8 1 2 3 4 5 6 7 9")]
    public void Sorts_by_the_least_item_up_and_the_greatest_down(string sort, string expected)
    {
        var sorted = SortSpec.Parse(Raw.Bytes(sort)).Sort(All(), TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(' ', sorted.Select(Id)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(20)]
    public void The_first_few_are_those_of_the_whole_order(int count)
    {
        var sort = SortSpec.Parse(Raw.Bytes("{ a: -1 }"));
        var whole = sort.Sort(All(), TestContext.Current.CancellationToken).Take(count).Select(Id);
        Assert.Equal(whole, sort.Top(All(), count, TestContext.Current.CancellationToken).Select(Id));
    }

    [Theory]
    [InlineData("{ a: 2 }", 15975)]
    [InlineData("{ a: 'x' }", 15975)]
    [InlineData("{}", 15976)]
    [InlineData("{ $natural: 1 }", 2)]
    [InlineData("{ a: { $meta: 'textScore' } }", 238)]
    public void Refuses_other_directions(string sort, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => SortSpec.Parse(Raw.Bytes(sort))).Code);

    [Fact]
    public void Refuses_to_sort_by_two_arrays_of_one_document() =>
        Assert.Equal(2, Assert.Throws<CommandException>(() =>
            SortSpec.Parse(Raw.Bytes("{ a: 1, b: 1 }")).KeyOf(Raw.Bytes("{ a: [1], b: [2] }"))).Code);

    private static IEnumerable<ReadOnlyMemory<byte>> All() => Documents.Select(text => (ReadOnlyMemory<byte>)Raw.Bytes(text));

    private static int Id(ReadOnlyMemory<byte> document) => ((RawDocument)document).Find("_id").AsInt32;
}
