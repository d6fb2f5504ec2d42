using EmbeddedStore.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Bson;

/// <summary>The BSON specification, bsonspec.org.</summary>
public sealed class RawDocumentTests
{
    [Fact]
    public void Finds_fields_where_they_lie()
    {
        RawDocument document = Raw.Bytes("{ a: 1, b: { c: 'x' }, d: [1, 2], e: /p/i, f: null }");
        Assert.Equal(1, document.Find("a").AsInt32);
        Assert.Equal("x", document.Find("b").AsDocument.Find("c").AsString);
        Assert.Equal(2, document.Find("d").AsDocument.At(1).AsInt32);
        Assert.True(document.Find("g").IsMissing);
        Assert.Equal(5, document.Count());
    }

    [Fact]
    public void Writes_what_it_reads()
    {
        RawDocument document = Raw.Bytes("{ a: 1, b: { c: ['x', NumberLong(3), 2.5, true, null] }, d: NumberDecimal('1.0'), e: MinKey, f: Timestamp(1, 2) }");
        Assert.Equal(document.ToArray(), DocumentWriter.Build(writer =>
        {
            foreach (var element in document)
                writer.Write(element.Name, element.Value);
        }));
    }

    /// <summary>Each is a document whose field claims more, or less, than there can be.</summary>
    [Theory]
    [InlineData("0B00000010610001000000")]
    [InlineData("0E0000000261000100000078")]
    [InlineData("0E00000002610000000000780000")]
    [InlineData("0E0000000261000900000078000000")]
    [InlineData("0D000000036100040000000000")]
    [InlineData("0D0000000361006400000000")]
    [InlineData("0D0000000561001000000000")]
    [InlineData("0B0000000B61007878787800")]
    [InlineData("080000007161000000")]
    [InlineData("080000000A616161")]
    [InlineData("090000000161000000")]
    public void Refuses_a_field_that_is_torn(string bytes)
    {
        RawDocument document = Convert.FromHexString(bytes);
        Assert.Equal(22, Assert.Throws<CommandException>(() => document.Count()).Code);
    }
}
