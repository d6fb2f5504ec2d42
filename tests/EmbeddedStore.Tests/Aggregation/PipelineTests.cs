using EmbeddedStore.Aggregation;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Aggregation;

/// <summary>Manual: "Aggregation Stages" and the page of each stage and accumulator.</summary>
public sealed class PipelineTests
{
    private static readonly string[] Sales =
    [
        "{ _id: 1, shop: 'A', n: 2, p: NumberDecimal('1.10'), tags: ['x', 'y'] }",
        "{ _id: 2, shop: 'B', n: 3, p: NumberDecimal('2.00'), tags: [] }",
        "{ _id: 3, shop: 'A', n: 5.5, p: 1, tags: null }",
        "{ _id: 4, n: NumberLong(1), tags: 'z' }",
        "{ _id: 5, shop: null, n: 'many' }",
    ];

    public static TheoryData<string, string> Cases => new()
    {
        { "[{ $match: { shop: 'B' } }, { $project: { n: 1 } }]", "[{ _id: 2, n: 3 }]" },
        { "[{ $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }]", "[{ _id: 2 }]" },
        { "[{ $sort: { _id: -1 } }, { $limit: 2 }, { $project: { _id: 1 } }]", "[{ _id: 5 }, { _id: 4 }]" },
        { "[{ $project: { _id: 1 } }, { $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }]", "[{ _id: 4 }, { _id: 3 }]" },
        { "[{ $count: 'all' }]", "[{ all: 5 }]" },
        { "[{ $match: { _id: 9 } }, { $count: 'all' }]", "[]" },
        { "[{ $group: { _id: '$shop', n: { $sum: '$n' } } }]", "[{ _id: 'A', n: 7.5 }, { _id: 'B', n: 3 }, { _id: null, n: NumberLong(1) }]" },
        { "[{ $group: { _id: '$shop', p: { $sum: '$p' }, c: { $sum: 1 }, k: { $count: {} } } }, { $limit: 1 }]", "[{ _id: 'A', p: NumberDecimal('2.10'), c: 2, k: 2 }]" },
        { "[{ $group: { _id: null, a: { $avg: '$n' }, lo: { $min: '$n' }, hi: { $max: '$n' } } }]", "[{ _id: null, a: 2.875, lo: NumberLong(1), hi: 'many' }]" },
        { "[{ $group: { _id: null, a: { $avg: '$p' }, none: { $avg: '$q' }, s: { $sum: '$q' }, m: { $min: '$q' } } }]", "[{ _id: null, a: NumberDecimal('1.366666666666666666666666666666667'), none: null, s: 0, m: null }]" },
        { "[{ $group: { _id: null, s: { $sum: { $cond: [{ $eq: ['$_id', 1] }, NumberDecimal('1'), 0.5] } } } }]", "[{ _id: null, s: NumberDecimal('3') }]" },
        { "[{ $match: { _id: { $lte: 2 } } }, { $group: { _id: null, s: { $sum: { $cond: [{ $eq: ['$_id', 1] }, NumberDecimal('1'), 0.1] } } } }]", "[{ _id: null, s: NumberDecimal('1.100000000000000005551115123125783') }]" },
        { "[{ $group: { _id: null, f: { $first: '$shop' }, l: { $last: '$shop' }, q: { $first: '$q' } } }]", "[{ _id: null, f: 'A', l: null, q: null }]" },
        { "[{ $group: { _id: null, all: { $push: '$shop' }, set: { $addToSet: '$shop' } } }]", "[{ _id: null, all: ['A', 'B', 'A', null], set: ['A', 'B', null] }]" },
        { "[{ $group: { _id: { s: '$shop', big: { $gt: ['$n', 2] } } } }, { $limit: 3 }]", "[{ _id: { s: 'A', big: false } }, { _id: { s: 'B', big: true } }, { _id: { s: 'A', big: true } }]" },
        { "[{ $group: { _id: { $cond: [{ $eq: ['$_id', 1] }, 1, 1.0] }, n: { $sum: 1 } } }]", "[{ _id: 1, n: 5 }]" },
        { "[{ $group: { _id: null, big: { $sum: 2147483647 } } }]", "[{ _id: null, big: NumberLong('10737418235') }]" },
        { "[{ $group: { _id: null, big: { $sum: NumberLong('9223372036854775807') } } }]", "[{ _id: null, big: 46116860184273879035.0 }]" },
        { "[{ $group: { _id: null, d: { $sum: { $cond: [{ $eq: ['$_id', 1] }, 1e100, { $cond: [{ $eq: ['$_id', 3] }, -1e100, 1] }] } } } }]", "[{ _id: null, d: 3.0 }]" },
        { "[{ $unwind: '$tags' }, { $project: { tags: 1 } }]", "[{ _id: 1, tags: 'x' }, { _id: 1, tags: 'y' }, { _id: 4, tags: 'z' }]" },
        { "[{ $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } }, { $project: { tags: 1, i: 1 } }]",
            "[{ _id: 1, tags: 'x', i: NumberLong(0) }, { _id: 1, tags: 'y', i: NumberLong(1) }, { _id: 2, i: null }, { _id: 3, tags: null, i: null }, { _id: 4, tags: 'z', i: null }, { _id: 5, i: null }]" },
        { "[{ $limit: 1 }, { $project: { _id: 0, a: '$n', 'b.c': { $add: ['$n', 1] }, shop: 1 } }]", "[{ shop: 'A', a: 2, b: { c: 3 } }]" },
        { "[{ $limit: 1 }, { $project: { p: 0, tags: 0 } }]", "[{ _id: 1, shop: 'A', n: 2 }]" },
        { "[{ $limit: 1 }, { $project: { n: { $literal: 1 } } }]", "[{ _id: 1, n: 1 }]" },
        { "[{ $limit: 1 }, { $addFields: { n: '$p', z: { q: '$_id' }, tags: '$$REMOVE' } }]", "[{ _id: 1, shop: 'A', n: NumberDecimal('1.10'), p: NumberDecimal('1.10'), z: { q: 1 } }]" },
        { "[{ $limit: 1 }, { $set: { 'shop.name': 'q' } }, { $project: { shop: 1 } }]", "[{ _id: 1, shop: { name: 'q' } }]" },
        { "[{ $limit: 2 }, { $replaceRoot: { newRoot: { id: '$_id' } } }]", "[{ id: 1 }, { id: 2 }]" },
        { "[{ $group: { _id: '$shop', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }, { $match: { n: { $gt: 1 } } }]", "[{ _id: null, n: 2 }, { _id: 'A', n: 2 }]" },
    };

    public static TheoryData<string, int> Refused => new()
    {
        { "[{ $lookup: {} }]", 40324 },
        { "[{ $facet: {} }]", 40324 },
        { "[{ $out: 'x' }]", 40324 },
        { "[{ $match: {}, $limit: 1 }]", 40323 },
        { "[{}]", 40323 },
        { "[1]", 14 },
        { "[{ $match: 1 }]", 15959 },
        { "[{ $match: { a: { $near: 1 } } }]", 2 },
        { "[{ $limit: 0 }]", 15958 },
        { "[{ $limit: -1 }]", 5107201 },
        { "[{ $skip: 'x' }]", 5107200 },
        { "[{ $sort: 1 }]", 15973 },
        { "[{ $sort: { a: 3 } }]", 15975 },
        { "[{ $group: { n: { $sum: 1 } } }]", 15955 },
        { "[{ $group: { _id: 1, n: { $stdDevPop: 1 } } }]", 15952 },
        { "[{ $group: { _id: 1, n: 1 } }]", 40234 },
        { "[{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }]", 40238 },
        { "[{ $group: { _id: 1, 'a.b': { $sum: 1 } } }]", 40235 },
        { "[{ $group: { _id: 1, n: { $sum: [1, 2] } } }]", 40237 },
        { "[{ $group: { _id: 1, n: { $count: 1 } } }]", 14 },
        { "[{ $unwind: 'tags' }]", 28818 },
        { "[{ $unwind: { path: '$a', depth: 1 } }]", 28811 },
        { "[{ $unwind: {} }]", 28812 },
        { "[{ $count: '' }]", 40156 },
        { "[{ $count: 'a.b' }]", 40160 },
        { "[{ $project: {} }]", 51272 },
        { "[{ $project: 1 }]", 15969 },
        { "[{ $project: { a: 1, b: 0 } }]", 31254 },
        { "[{ $project: { a: { $slice: ['$a', 1] } } }]", 168 },
        { "[{ $addFields: 1 }]", 40272 },
        { "[{ $replaceRoot: { newRoot: '$n' } }]", 40228 },
        { "[{ $replaceRoot: { root: 1 } }]", 40415 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Stages_run_one_behind_the_other(string stages, string expected) =>
        Assert.Equal(
            [.. EmbeddedStore.Bson.BsonArrays.ItemsOf(Raw.Value(expected)).Select(item => Raw.Text(item.Bytes.ToArray()))],
            Run(stages).Select(Raw.Text));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_with_the_servers_code(string stages, int code) =>
        Assert.Equal(code, Assert.Throws<CommandException>(() => Run(stages)).Code);

    [Fact]
    public void The_leading_stages_are_left_to_the_caller()
    {
        var pipeline = Parse("[{ $match: { a: 1 } }, { $sort: { b: -1 } }, { $skip: 2 }, { $limit: 3 }, { $count: 'n' }]");
        Assert.Equal("a", Assert.Single(pipeline.Match.Conditions).Path.Text);
        Assert.Equal("b", Assert.Single(pipeline.Sort!.Paths).Text);
        Assert.Equal((2, 3), (pipeline.Skip, pipeline.Limit));
    }

    [Fact]
    public void Stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var seen = 0;
        var run = Parse("[{ $group: { _id: null } }]").Run(Endless(), source.Token);
        Assert.Throws<OperationCanceledException>(() => run.ToList());

        IEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            while (true)
            {
                if (++seen == 100)
                    source.Cancel();
                yield return Raw.Bytes("{}");
            }
        }
    }

    /// <summary>What a host of the pipeline does: the leading stages itself, then the rest.</summary>
    private static List<ReadOnlyMemory<byte>> Run(string stages)
    {
        var pipeline = Parse(stages);
        var found = Sales.Select(text => (ReadOnlyMemory<byte>)Raw.Bytes(text)).Where(document => pipeline.Match.Matches(document));
        if (pipeline.Sort is { } sort)
            found = sort.Sort(found, CancellationToken.None);
        found = found.Skip((int)pipeline.Skip).Take((int)(pipeline.Limit ?? int.MaxValue));
        return [.. pipeline.Run(found, CancellationToken.None)];
    }

    private static Pipeline Parse(string stages) => Pipeline.Parse(Raw.Value(stages), DateTimeOffset.UnixEpoch);
}
