using EmbeddedStore.Aggregation;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Aggregation;

/// <summary>Manual: "Aggregation Expressions": field paths, literals and documents.</summary>
public sealed class ExpressionTests
{
    private const string Document = """
        { i: 7, t: true, a: [1, 2, 3], items: [{ q: 1 }, { q: 2 }, 5, { r: 3 }, [{ q: 9 }]], o: { x: { y: 4 } } }
        """;

    public static TheoryData<string, string> Values => new()
    {
        { "'$i'", "7" },
        { "'$o.x.y'", "4" },
        { "'$items.q'", "[1, 2, [9]]" },
        { "'$a.0'", "[]" },
        { "{ $literal: '$i' }", "'$i'" },
        { "{ $literal: ['$i'] }", "['$i']" },
        { "{ p: '$i', q: '$missing', r: { s: '$t' } }", "{ p: 7, r: { s: true } }" },
        { "'$$ROOT.i'", "7" },
        { "{ all: '$$ROOT.o.x' }", "{ all: { y: 4 } }" },
        { "2.5", "2.5" },
    };

    public static TheoryData<string, int> Refused => new()
    {
        { "{ $pow: [1, 2] }", 168 },
        { "{ $add: ['$i', 1] }", 168 },
        { "{ $cond: ['$t', 1, 2] }", 168 },
        { "{ $map: { input: '$a', in: 1 } }", 168 },
        { "{ $function: {} }", 168 },
        { "{ $literal: 1, $add: [2] }", 15983 },
        { "['$i', 1]", 238 },
        { "'$$user'", 17276 },
        { "'$$NOW'", 17276 },
        { "'$'", 16872 },
        { "'$a..b'", 15998 },
        { "'$a.$b'", 16410 },
        { "{ 'a.b': 1 }", 16412 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Expressions_give_values_of_the_right_type(string expression, string expected) =>
        Assert.Equal(Raw.Text(Raw.Value(expected)), Raw.Text(Parse(expression).Evaluate(Raw.Bytes(Document))));

    [Theory]
    [InlineData("'$missing'")]
    [InlineData("'$i.x'")]
    public void Some_results_are_missing(string expression) => Assert.True(Parse(expression).Evaluate(Raw.Bytes(Document)).IsMissing);

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_an_expression_it_does_not_know(string expression, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => Parse(expression)).Code);

    private static Expression Parse(string expression) => ExpressionParser.Parse(Raw.Value(expression));
}
