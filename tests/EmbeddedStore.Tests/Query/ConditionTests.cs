using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Query;

/// <summary>What a filter tells a planner.</summary>
public sealed class ConditionTests
{
    [Theory]
    [InlineData("/^abc/", "abc")]
    [InlineData("/^abc.*/", "abc")]
    [InlineData("/^abc?/", "ab")]
    [InlineData("/^abc*x/", "ab")]
    [InlineData("/^abc{0,1}/", "ab")]
    [InlineData("/^abc+/", "abc")]
    [InlineData("/^a\\.b/", "a.b")]
    [InlineData("/^a\\.?b/", "a")]
    [InlineData("/^a\\d/", "a")]
    [InlineData("/^a😀?/", "a")]
    [InlineData("/abc/", null)]
    [InlineData("/^abc/i", null)]
    [InlineData("/^abc/m", null)]
    [InlineData("/^abc|x/", null)]
    [InlineData("/^(abc)/", null)]
    [InlineData("/^.abc/", null)]
    public void A_patterns_literal_beginning_is_a_prefix(string pattern, string? prefix)
    {
        var condition = Assert.Single(Filter.Parse(Raw.Bytes($"{{ a: {pattern} }}")).Conditions);
        Assert.Equal(prefix is null ? ConditionOp.Other : ConditionOp.Prefix, condition.Op);
        if (prefix is not null)
            Assert.Equal(prefix, condition.Value.AsString);
    }

    [Theory]
    [InlineData("{ a: 1, b: { $gt: 2, $lte: 5 } }", "a Eq, b Gt, b Lte")]
    [InlineData("{ $and: [{ a: 1 }, { $and: [{ b: { $in: [1, 2] } }] }] }", "a Eq, b In")]
    [InlineData("{ $or: [{ a: 1 }, { b: 1 }], c: 1 }", "c Eq")]
    [InlineData("{ $or: [{ a: 1 }] }", "a Eq")]
    [InlineData("{ a: { $ne: 1 }, b: { $nin: [1] }, c: { $not: { $gt: 1 } } }", "")]
    [InlineData("{ a: { $exists: true } }", "a Exists")]
    [InlineData("{ a: [1, 2] }", "a Other")]
    [InlineData("{ a: { $in: [1, [2]] } }", "a Other")]
    [InlineData("{ 'a.0': 1 }", "a.0 Other")]
    [InlineData("{ a: { $elemMatch: { b: 1, c: { $gt: 2 } } } }", "a.b Eq, a.c Gt, a Exists")]
    [InlineData("{ a: { $elemMatch: { $gt: 2, $lt: 5 } } }", "a Gt 1, a Lt 1, a Exists")]
    [InlineData("{ a: { $all: [1, 2] } }", "a Eq, a Eq")]
    public void Conditions_are_what_every_match_must_meet(string query, string expected) =>
        Assert.Equal(expected, string.Join(", ", Filter.Parse(Raw.Bytes(query)).Conditions.Select(condition =>
            $"{condition.Path} {condition.Op}{(condition.ElemMatch == 0 ? "" : $" {condition.ElemMatch}")}")));

    [Fact]
    public void A_plain_or_opens_into_its_branches()
    {
        Assert.Equal(2, Filter.Parse(Raw.Bytes("{ $or: [{ a: 1 }, { b: 1 }] }")).Branches.Count);
        Assert.Empty(Filter.Parse(Raw.Bytes("{ $or: [{ a: 1 }, { b: 1 }], c: 1 }")).Branches);
    }

    [Theory]
    [InlineData("{ a: null }", true)]
    [InlineData("{ a: { $in: [1, null] } }", true)]
    [InlineData("{ a: { $gte: null } }", true)]
    [InlineData("{ a: 1 }", false)]
    [InlineData("{ a: { $exists: true } }", false)]
    public void Tells_whether_a_document_without_the_field_may_match(string query, bool allows) =>
        Assert.Equal(allows, Assert.Single(Filter.Parse(Raw.Bytes(query)).Conditions).AllowsMissing);
}
