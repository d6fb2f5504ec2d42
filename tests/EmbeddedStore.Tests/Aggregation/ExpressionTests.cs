using EmbeddedStore.Aggregation;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Aggregation;

/// <summary>Manual: "Aggregation Operators" and the page of each expression.</summary>
public sealed class ExpressionTests
{
    private const string Document = """
        { i: 7, l: NumberLong(7), d: 2.5, m: NumberDecimal('0.10'), s: 'héllo', n: null, t: true, at: ISODate('2024-03-31T01:30:15.123Z'),
          a: [1, 2, 3], items: [{ q: 1 }, { q: 2 }, 5, { r: 3 }, [{ q: 9 }]], o: { x: { y: 4 } }, id: ObjectId('65a000000000000000000001') }
        """;

    public static TheoryData<string, string> Values => new()
    {
        { "'$i'", "7" },
        { "'$o.x.y'", "4" },
        { "'$items.q'", "[1, 2, [9]]" },
        { "'$a.0'", "[]" },
        { "{ $literal: '$i' }", "'$i'" },
        { "{ p: '$i', q: '$missing', r: { s: '$t' } }", "{ p: 7, r: { s: true } }" },
        { "['$i', '$missing']", "[7, null]" },
        { "'$$ROOT.i'", "7" },
        { "'$$CURRENT.o.x'", "{ y: 4 }" },
        { "'$$NOW'", "ISODate('2025-01-02T03:04:05Z')" },
        { "{ $add: ['$i', 1] }", "8" },
        { "{ $add: ['$i', '$l'] }", "NumberLong(14)" },
        { "{ $add: ['$i', '$d'] }", "9.5" },
        { "{ $add: ['$i', '$m'] }", "NumberDecimal('7.10')" },
        { "{ $add: [2147483647, 1] }", "NumberLong('2147483648')" },
        { "{ $add: [NumberLong('9223372036854775807'), 1] }", "9223372036854775808.0" },
        { "{ $add: ['$at', 1000] }", "ISODate('2024-03-31T01:30:16.123Z')" },
        { "{ $add: ['$i', '$n'] }", "null" },
        { "{ $add: [] }", "0" },
        { "{ $subtract: ['$i', 10] }", "-3" },
        { "{ $subtract: ['$at', ISODate('2024-03-31T01:30:00Z')] }", "NumberLong(15123)" },
        { "{ $subtract: ['$at', 123] }", "ISODate('2024-03-31T01:30:15Z')" },
        { "{ $subtract: ['$missing', 1] }", "null" },
        { "{ $multiply: ['$i', '$m'] }", "NumberDecimal('0.70')" },
        { "{ $multiply: [100000, 100000] }", "NumberLong('10000000000')" },
        { "{ $divide: ['$i', 2] }", "3.5" },
        { "{ $divide: [6, 3] }", "2.0" },
        { "{ $divide: [NumberDecimal('1'), 3] }", "NumberDecimal('0.3333333333333333333333333333333333')" },
        { "{ $divide: [NumberDecimal('6.0'), 3] }", "NumberDecimal('2.0')" },
        { "{ $eq: ['$i', '$l'] }", "true" },
        { "{ $eq: ['$missing', null] }", "false" },
        { "{ $lt: ['$missing', null] }", "true" },
        { "{ $gt: ['$s', 1000] }", "true" },
        { "{ $ne: ['$a', [1, 2, 3]] }", "false" },
        { "{ $cmp: [1, 2] }", "-1" },
        { "{ $cond: [{ $gte: ['$i', 7] }, 'yes', 'no'] }", "'yes'" },
        { "{ $cond: { if: '$n', then: 1, else: { $divide: [1, 2] } } }", "0.5" },
        { "{ $ifNull: ['$n', '$missing', 'x'] }", "'x'" },
        { "{ $ifNull: ['$i', 'x'] }", "7" },
        { "{ $and: ['$t', 1, 'x'] }", "true" },
        { "{ $and: ['$t', 0.0] }", "false" },
        { "{ $and: [] }", "true" },
        { "{ $or: ['$n', '$missing'] }", "false" },
        { "{ $not: ['$n'] }", "true" },
        { "{ $not: '$t' }", "false" },
        { "{ $concat: ['a', '$s'] }", "'ahéllo'" },
        { "{ $concat: ['a', '$n'] }", "null" },
        { "{ $toString: '$i' }", "'7'" },
        { "{ $toString: '$d' }", "'2.5'" },
        { "{ $toString: 3.0 }", "'3'" },
        { "{ $toString: '$m' }", "'0.10'" },
        { "{ $toString: '$t' }", "'true'" },
        { "{ $toString: '$id' }", "'65a000000000000000000001'" },
        { "{ $toString: '$at' }", "'2024-03-31T01:30:15.123Z'" },
        { "{ $toString: '$missing' }", "null" },
        { "{ $substrCP: ['$s', 1, 2] }", "'él'" },
        { "{ $substrCP: ['😀x', 1, 5] }", "'x'" },
        { "{ $substrCP: ['$n', 0, 2] }", "''" },
        { "{ $size: '$a' }", "3" },
        { "{ $in: [2, '$a'] }", "true" },
        { "{ $in: [2.0, [1, 2]] }", "true" },
        { "{ $arrayElemAt: ['$a', 1] }", "2" },
        { "{ $arrayElemAt: ['$a', -1] }", "3" },
        { "{ $arrayElemAt: ['$n', 0] }", "null" },
        { "{ $year: '$at' }", "2024" },
        { "{ $month: { date: '$at' } }", "3" },
        { "{ $dayOfMonth: { date: '$at', timezone: 'America/New_York' } }", "30" },
        { "{ $year: '$id' }", "2024" },
        { "{ $month: '$missing' }", "null" },
        { "{ $month: ['$at'] }", "3" },
        { "{ $month: { $add: ['$at', 86400000] } }", "4" },
    };

    /// <summary>Manual: "$dateToString", "$dateTrunc". Berlin's clocks went forward at 01:00 UTC on 2024-03-31.</summary>
    public static TheoryData<string, string> Dates => new()
    {
        { "{ $dateToString: { date: '$at' } }", "'2024-03-31T01:30:15.123Z'" },
        { "{ $dateToString: { date: '$at', timezone: 'Europe/Berlin' } }", "'2024-03-31T03:30:15.123'" },
        { "{ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L %j %u %w %G-%V %U %%' } }", "'2024-03-31 01:30:15.123 091 7 1 2024-13 13 %'" },
        { "{ $dateToString: { date: '$at', format: '%H %z %Z', timezone: 'America/New_York' } }", "'21 -0400 -240'" },
        { "{ $dateToString: { date: '$at', format: '%H%z', timezone: '+05:30' } }", "'07+0530'" },
        { "{ $dateToString: { date: '$missing' } }", "null" },
        { "{ $dateToString: { date: '$missing', onNull: 'x' } }", "'x'" },
        { "{ $dateTrunc: { date: '$at', unit: 'year' } }", "ISODate('2024-01-01T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'quarter' } }", "ISODate('2024-01-01T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'month' } }", "ISODate('2024-03-01T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'week' } }", "ISODate('2024-03-31T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }", "ISODate('2024-03-25T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'day' } }", "ISODate('2024-03-31T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Europe/Berlin' } }", "ISODate('2024-03-30T23:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'month', timezone: 'America/New_York' } }", "ISODate('2024-03-01T05:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'hour' } }", "ISODate('2024-03-31T01:00:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'hour', timezone: 'Asia/Kolkata' } }", "ISODate('2024-03-31T01:30:00Z')" },
        { "{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 20 } }", "ISODate('2024-03-31T01:20:00Z')" },
        { "{ $dateTrunc: { date: ISODate('1999-12-31T23:59:59Z'), unit: 'month' } }", "ISODate('1999-12-01T00:00:00Z')" },
        { "{ $dateTrunc: { date: ISODate('2021-03-20T11:30:05Z'), unit: 'month', binSize: 2 } }", "ISODate('2021-03-01T00:00:00Z')" },
        { "{ $dateTrunc: { date: '$n', unit: 'day' } }", "null" },
        { "{ $dateTrunc: { date: '$at', unit: 'day', binSize: null } }", "null" },
    };

    public static TheoryData<string, int> RefusedWhenParsed => new()
    {
        { "{ $pow: [1, 2] }", 168 },
        { "{ $map: { input: '$a', in: 1 } }", 168 },
        { "{ $function: {} }", 168 },
        { "{ $add: [1], $subtract: [2] }", 15983 },
        { "{ $subtract: [1] }", 16020 },
        { "{ $cond: [1, 2] }", 16020 },
        { "{ $cond: { if: 1, then: 2 } }", 9 },
        { "{ $cond: { if: 1, then: 2, else: 3, or: 4 } }", 9 },
        { "{ $ifNull: [1] }", 1257300 },
        { "'$$user'", 17276 },
        { "'$'", 16872 },
        { "'$a..b'", 15998 },
        { "'$a.$b'", 16410 },
        { "{ 'a.b': 1 }", 16412 },
        { "{ $dateToString: '$at' }", 9 },
        { "{ $dateToString: { format: '%Y' } }", 9 },
        { "{ $dateToString: { date: '$at', format: '%Q' } }", 18536 },
        { "{ $dateTrunc: { date: '$at' } }", 9 },
    };

    public static TheoryData<string, int> RefusedWhenRun => new()
    {
        { "{ $add: ['$s', 1] }", 14 },
        { "{ $add: ['$at', '$at'] }", 16612 },
        { "{ $subtract: ['$s', 1] }", 14 },
        { "{ $multiply: ['$t', 1] }", 14 },
        { "{ $divide: [1, 0] }", 2 },
        { "{ $divide: ['$s', 1] }", 14 },
        { "{ $concat: ['$i'] }", 16702 },
        { "{ $size: '$i' }", 17124 },
        { "{ $size: '$missing' }", 17124 },
        { "{ $in: [1, '$i'] }", 40081 },
        { "{ $arrayElemAt: ['$i', 0] }", 28689 },
        { "{ $arrayElemAt: ['$a', 'x'] }", 28690 },
        { "{ $toString: '$a' }", 241 },
        { "{ $substrCP: ['$s', -1, 2] }", 34455 },
        { "{ $year: '$s' }", 16006 },
        { "{ $year: { date: '$at', timezone: 'Mars/Base' } }", 40485 },
        { "{ $dateTrunc: { date: '$at', unit: 'eon' } }", 9 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Expressions_give_values_of_the_right_type(string expression, string expected) => Check(expression, expected);

    [Theory]
    [MemberData(nameof(Dates))]
    public void Dates_are_told_and_cut_in_their_zone(string expression, string expected) => Check(expression, expected);

    [Theory]
    [InlineData("'$missing'")]
    [InlineData("'$$REMOVE'")]
    [InlineData("'$i.x'")]
    [InlineData("{ $arrayElemAt: ['$a', 3] }")]
    [InlineData("{ $arrayElemAt: ['$a', -4] }")]
    [InlineData("{ $ifNull: ['$n', '$missing'] }")]
    public void Some_results_are_missing(string expression) => Assert.True(Parse(expression).Evaluate(Raw.Bytes(Document)).IsMissing);

    [Theory]
    [MemberData(nameof(RefusedWhenParsed))]
    public void Refuses_an_expression_it_cannot_read(string expression, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => Parse(expression)).Code);

    [Theory]
    [MemberData(nameof(RefusedWhenRun))]
    public void Refuses_arguments_of_the_wrong_type(string expression, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => Parse(expression).Evaluate(Raw.Bytes(Document))).Code);

    private static void Check(string expression, string expected) =>
        Assert.Equal(Raw.Text(Raw.Value(expected)), Raw.Text(Parse(expression).Evaluate(Raw.Bytes(Document))));

    private static Expression Parse(string expression) =>
        new ExpressionParser(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero)).Parse(Raw.Value(expression));
}
