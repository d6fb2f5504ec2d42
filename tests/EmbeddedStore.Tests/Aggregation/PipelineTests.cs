using EmbeddedStore.Aggregation;
using EmbeddedStore.Tests.Bson;
using Xunit;

namespace EmbeddedStore.Tests.Aggregation;

/// <summary>Manual: "Aggregation Stages" and the page of each stage and accumulator.</summary>
public sealed class PipelineTests
{
    private static readonly string[] Sales =
    [
        "{ _id: 1, shop: 'A', n: 2, p: NumberDecimal('1.10'), tags: ['x', 'y'], x: NumberDecimal('1'), y: NumberDecimal('1'), z: 1e100, one: 1 }",
        "{ _id: 2, shop: 'B', n: 3, p: NumberDecimal('2.00'), tags: [], x: 0.5, y: 0.1, z: 1, one: 1.0 }",
        "{ _id: 3, shop: 'A', n: 5.5, p: 1, tags: null, x: 0.5, z: -1e100, one: 1.0 }",
        "{ _id: 4, n: NumberLong(1), tags: 'z', x: 0.5, z: 1, one: NumberLong(1) }",
        "{ _id: 5, shop: null, n: 'many', x: 0.5, z: 1, one: 1.0 }",
    ];

    public static TheoryData<string, string> Cases => new()
    {
        { "[{ $match: { shop: 'B' } }, { $project: { n: 1 } }]", "[{ _id: 2, n: 3 }]" },
        { "[{ $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }]", "[{ _id: 2 }]" },
        { "[{ $sort: { _id: -1 } }, { $limit: 2 }, { $project: { _id: 1 } }]", "[{ _id: 5 }, { _id: 4 }]" },
        { "[{ $project: { _id: 1 } }, { $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }]", "[{ _id: 4 }, { _id: 3 }]" },
        { "[{ $project: { _id: 1 } }, { $sort: { _id: -1 } }, { $skip: 4 }, { $limit: NumberLong('9223372036854775807') }]", "[{ _id: 1 }]" },
        { "[{ $group: { _id: '$shop', n: { $sum: '$n' } } }]", "[{ _id: 'A', n: 7.5 }, { _id: 'B', n: 3 }, { _id: null, n: NumberLong(1) }]" },
        { "[{ $group: { _id: '$shop', p: { $sum: '$p' }, c: { $sum: 1 } } }, { $limit: 1 }]", "[{ _id: 'A', p: NumberDecimal('2.10'), c: 2 }]" },
        { "[{ $group: { _id: null, lo: { $min: '$n' }, hi: { $max: '$n' } } }]", "[{ _id: null, lo: NumberLong(1), hi: 'many' }]" },
        { "[{ $group: { _id: null, s: { $sum: '$q' }, m: { $min: '$q' } } }]", "[{ _id: null, s: 0, m: null }]" },
        { "[{ $group: { _id: null, s: { $sum: '$x' } } }]", "[{ _id: null, s: NumberDecimal('3') }]" },
        { "[{ $match: { _id: { $lte: 2 } } }, { $group: { _id: null, s: { $sum: '$y' } } }]", "[{ _id: null, s: NumberDecimal('1.100000000000000005551115123125783') }]" },
        { "[{ $group: { _id: null, f: { $first: '$shop' }, q: { $first: '$q' } } }]", "[{ _id: null, f: 'A', q: null }]" },
        { "[{ $match: { _id: 5 } }, { $group: { _id: null, f: { $first: '$$ROOT' } } }]", "[{ _id: null, f: { _id: 5, shop: null, n: 'many', x: 0.5, z: 1, one: 1.0 } }]" },
        { "[{ $group: { _id: null, all: { $push: '$shop' } } }]", "[{ _id: null, all: ['A', 'B', 'A', null] }]" },
        { "[{ $group: { _id: { s: '$shop', t: '$tags' } } }, { $limit: 3 }]", "[{ _id: { s: 'A', t: ['x', 'y'] } }, { _id: { s: 'B', t: [] } }, { _id: { s: 'A', t: null } }]" },
        { "[{ $group: { _id: '$one', n: { $sum: 1 } } }]", "[{ _id: 1, n: 5 }]" },
        { "[{ $group: { _id: null, big: { $sum: 2147483647 } } }]", "[{ _id: null, big: NumberLong('10737418235') }]" },
        { "[{ $group: { _id: null, big: { $sum: NumberLong('9223372036854775807') } } }]", "[{ _id: null, big: 46116860184273879035.0 }]" },
        { "[{ $group: { _id: null, d: { $sum: '$z' } } }]", "[{ _id: null, d: 3.0 }]" },
        { "[{ $limit: 1 }, { $project: { _id: 0, a: '$n', 'b.c': '$p', shop: 1 } }]", "[{ shop: 'A', a: 2, b: { c: NumberDecimal('1.10') } }]" },
        { "[{ $limit: 1 }, { $project: { p: 0, tags: 0, x: 0, y: 0, z: 0, one: 0 } }]", "[{ _id: 1, shop: 'A', n: 2 }]" },
        { "[{ $limit: 1 }, { $project: { n: { $literal: 1 } } }]", "[{ _id: 1, n: 1 }]" },
        { "[{ $limit: 1 }, { $project: { _id: 0, shop: { name: '$shop' } } }]", "[{ shop: { name: 'A' } }]" },
        { "[{ $group: { _id: '$shop', n: { $sum: 1 } } }, { $sort: { n: -1, _id: 1 } }, { $match: { n: { $gt: 1 } } }]", "[{ _id: null, n: 2 }, { _id: 'A', n: 2 }]" },
    };

    public static TheoryData<string, int> Refused => new()
    {
        { "[{ $lookup: {} }]", 40324 },
        { "[{ $facet: {} }]", 40324 },
        { "[{ $out: 'x' }]", 40324 },
        { "[{ $unwind: '$tags' }]", 40324 },
        { "[{ $addFields: { a: 1 } }]", 40324 },
        { "[{ $count: 'n' }]", 40324 },
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
        { "[{ $group: { _id: 1, n: { $avg: 1 } } }]", 15952 },
        { "[{ $group: { _id: 1, n: 1 } }]", 40234 },
        { "[{ $group: { _id: 1, n: { $sum: 1, $max: 1 } } }]", 40238 },
        { "[{ $group: { _id: 1, 'a.b': { $sum: 1 } } }]", 40235 },
        { "[{ $group: { _id: 1, n: { $sum: [1, 2] } } }]", 238 },
        { "[{ $project: {} }]", 51272 },
        { "[{ $project: 1 }]", 15969 },
        { "[{ $project: { a: 1, b: 0 } }]", 31254 },
        { "[{ $project: { a: '$n', b: 0 } }]", 31254 },
        { "[{ $project: { a: { $slice: ['$a', 1] } } }]", 168 },
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
        var pipeline = Parse("[{ $match: { a: 1 } }, { $sort: { b: -1 } }, { $skip: 2 }, { $limit: 3 }, { $group: { _id: null } }]");
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

    private static Pipeline Parse(string stages) => Pipeline.Parse(Raw.Value(stages));
}
