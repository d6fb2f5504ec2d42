using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Query;

/// <summary>Manual: "Project Fields to Return from Query", "db.collection.find(), projection".</summary>
public sealed class ProjectionTests
{
    private const string Document = "{ x: 0, _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, 5, [{ f: 7, g: 8 }]] }";

    [Theory]
    [InlineData("{}", Document)]
    [InlineData("{ a: 1 }", "{ _id: 1, a: 1 }")]
    [InlineData("{ a: true, _id: 0 }", "{ a: 1 }")]
    [InlineData("{ _id: 1 }", "{ _id: 1 }")]
    [InlineData("{ b: 1, a: 1.0, _id: false }", "{ a: 1, b: { c: 2, d: 3 } }")]
    [InlineData("{ 'b.c': 1, _id: 0 }", "{ b: { c: 2 } }")]
    [InlineData("{ b: { c: 1 }, _id: 0 }", "{ b: { c: 2 } }")]
    [InlineData("{ 'e.f': 1, _id: 0 }", "{ e: [{ f: 1 }, [{ f: 7 }]] }")]
    [InlineData("{ 'a.z': 1, _id: 0 }", "{}")]
    [InlineData("{ q: 1, _id: 0 }", "{}")]
    [InlineData("{ _id: 0 }", "{ x: 0, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }, 5, [{ f: 7, g: 8 }]] }")]
    [InlineData("{ a: 0, e: 0, x: 0 }", "{ _id: 1, b: { c: 2, d: 3 } }")]
    [InlineData("{ _id: 1, a: 0, e: 0, x: 0 }", "{ _id: 1, b: { c: 2, d: 3 } }")]
    [InlineData("{ 'b.c': 0, e: 0, _id: 0, 'a.z': 0 }", "{ x: 0, a: 1, b: { d: 3 } }")]
    [InlineData("{ 'e.f': 0, b: 0, a: 0 }", "{ x: 0, _id: 1, e: [{ g: 2 }, 5, [{ g: 8 }]] }")]
    public void Includes_or_excludes_and_keeps_the_documents_order(string projection, string expected) =>
        Assert.Equal(Raw.Expected(expected), Raw.Text(Projection.Parse(Raw.Bytes(projection)).Apply(Raw.Bytes(Document))));

    [Theory]
    [InlineData("{ a: 1, b: 0 }", 31254)]
    [InlineData("{ a: 0, b: 1 }", 31253)]
    [InlineData("{ 'a.b': 1, a: 1 }", 31250)]
    [InlineData("{ a: 1, 'a.b': 1 }", 31250)]
    [InlineData("{ 'a.$': 1 }", 238)]
    [InlineData("{ a: { $slice: 1 } }", 238)]
    [InlineData("{ a: { $elemMatch: { b: 1 } } }", 238)]
    [InlineData("{ a: '$b' }", 238)]
    [InlineData("{ a: { $meta: 'textScore' } }", 238)]
    [InlineData("{ 'a.': 1 }", 40353)]
    [InlineData("{ '': 1 }", 40352)]
    public void Refuses_what_is_not_plain_inclusion_or_exclusion(string projection, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => Projection.Parse(Raw.Bytes(projection))).Code);
}
