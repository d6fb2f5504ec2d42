using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using MongoDB.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Bson;

/// <summary>The manual's pages "Comparison/Sort Order" (bson-type-comparison-order) and "BSON Types".</summary>
public sealed class BsonOrderTests
{
    /// <summary>Each is less than the next.</summary>
    public static readonly string[] Ascending =
    [
        "MinKey",
        "null",
        "NaN",
        "-Infinity",
        "NumberDecimal('-1E+400')",
        "-1.7976931348623157E+308",
        "NumberLong('-9223372036854775808')",
        "NumberDecimal('-9007199254740993.5')",
        "NumberLong('-9007199254740993')",
        "-9007199254740992.0",
        "-1.5",
        "-1",
        "NumberDecimal('-0.1')",
        "NumberDecimal('-1E-400')",
        "0",
        "NumberDecimal('1E-6176')",
        "NumberDecimal('1E-400')",
        "5E-324",
        "NumberDecimal('0.1')",
        "0.1",
        "0.5",
        "1",
        "NumberDecimal('1.000000000000000000000000000000001')",
        "NumberDecimal('1.000000000000000000000000000000002')",
        "1.0000000000000002",
        "2",
        "9007199254740992.0",
        "NumberLong('9007199254740993')",
        "NumberDecimal('9007199254740993.5')",
        "NumberLong('9007199254740994')",
        "NumberLong('9223372036854775806')",
        "NumberLong('9223372036854775807')",
        "9223372036854775808.0",
        "1.7976931348623157E+308",
        "NumberDecimal('1E+400')",
        "Infinity",
        "''",
        "'\\u0000'",
        "'A'",
        "'a'",
        "'a\\u0000b'",
        "'aa'",
        "'b'",
        "'é'",
        "'￿'",
        "'😀'",
        "{}",
        "{ a: 1 }",
        "{ a: 1, b: 1 }",
        "{ a: 2 }",
        "{ b: -1 }",
        "{ a: 'x' }",
        "{ a: { b: 1 } }",
        "[]",
        "[1]",
        "[1, 2]",
        "[2]",
        "['a']",
        "[[]]",
        "BinData(0, '')",
        "BinData(0, '/w==')",
        "BinData(5, 'AA==')",
        "BinData(0, 'AAA=')",
        "ObjectId('000000000000000000000000')",
        "ObjectId('ffffffffffffffffffffffff')",
        "false",
        "true",
        "ISODate('1960-01-01T00:00:00Z')",
        "ISODate('2020-01-01T00:00:00Z')",
        "Timestamp(1, 5)",
        "Timestamp(4000000000, 1)",
        "/a/",
        "/a/i",
        "/b/",
        "MaxKey",
    ];

    public static TheoryData<string, string> Equal => new()
    {
        { "1", "1.0" },
        { "1", "NumberLong(1)" },
        { "1", "NumberDecimal('1.00')" },
        { "0.0", "-0.0" },
        { "0", "NumberDecimal('-0E+10')" },
        { "NaN", "NumberDecimal('NaN')" },
        { "Infinity", "NumberDecimal('Infinity')" },
        { "0.5", "NumberDecimal('0.50')" },
        { "NumberLong('9007199254740993')", "NumberDecimal('9007199254740993')" },
        { "{ a: 1 }", "{ a: 1.0 }" },
        { "[1, [2]]", "[NumberLong(1), [2.0]]" },
    };

    [Fact]
    public void Orders_values_of_every_type_as_the_manual_lists_them()
    {
        var values = Ascending.Select(Raw.Value).ToArray();
        for (var i = 0; i < values.Length; i++)
            for (var j = 0; j < values.Length; j++)
                Assert.True(
                    Math.Sign(BsonOrder.Compare(values[i], values[j])) == i.CompareTo(j),
                    $"{Ascending[i]} against {Ascending[j]}");
    }

    [Fact]
    public void Index_key_bytes_order_the_same_values_the_same_way()
    {
        var keys = Ascending.Select(text => KeyEncoding.Encode(Raw.Value(text))).ToArray();
        for (var i = 0; i < keys.Length; i++)
            for (var j = 0; j < keys.Length; j++)
                Assert.True(
                    Math.Sign(keys[i].AsSpan().SequenceCompareTo(keys[j])) == i.CompareTo(j),
                    $"{Ascending[i]} against {Ascending[j]}");
    }

    [Theory]
    [MemberData(nameof(Equal))]
    public void Values_equal_across_number_types_have_equal_keys(string left, string right)
    {
        Assert.Equal(0, BsonOrder.Compare(Raw.Value(left), Raw.Value(right)));
        Assert.Equal(KeyEncoding.Encode(Raw.Value(left)), KeyEncoding.Encode(Raw.Value(right)));
    }

    [Fact]
    public void Missing_is_below_null()
    {
        Assert.Equal(BsonType.EndOfDocument, BsonValueRef.Missing.Type);
        Assert.True(BsonOrder.Compare(BsonValueRef.Missing, BsonValueRef.Null) < 0);
    }
}
