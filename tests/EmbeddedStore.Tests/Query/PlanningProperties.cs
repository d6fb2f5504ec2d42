using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Planning;
using EmbeddedStore.Query;
using EmbeddedStore.Tests.Bson;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MongoDB.Bson;

namespace EmbeddedStore.Tests.Query;

/// <summary>An index may show too much, never too little: whatever a filter matches, every condition's key ranges hold.</summary>
[Properties(Arbitrary = [typeof(Arbitrary), typeof(Queries)], MaxTest = 5000)]
public sealed class PlanningProperties
{
    [Property]
    public bool Every_match_has_a_key_within_each_conditions_ranges(Queries.Query query, BsonDocument document, bool descending)
    {
        var filter = Filter.Parse(query.Document.ToBson());
        if (!filter.Matches(document.ToBson()))
            return true;
        return filter.Conditions.All(condition =>
        {
            var index = IndexKeys.Parse(new BsonDocument(condition.Path.Text, descending ? -1 : 1).ToBson());
            var keys = index.Extract(document.ToBson(), out _);
            return KeyRange.For(condition, descending) is not { } ranges || keys.Any(key => ranges.Any(range => Holds(range, key)));
        });
    }

    [Property]
    public bool A_single_scalar_condition_is_met_exactly_within_its_ranges(Queries.Query query, BsonDocument document, bool descending)
    {
        var filter = Filter.Parse(query.Document.ToBson());
        if (filter.Conditions is not [{ Op: ConditionOp.Eq or ConditionOp.Gt or ConditionOp.Lt or ConditionOp.Gte or ConditionOp.Lte } condition]
            || query.Document.GetElement(0).Name.StartsWith('$') || condition.Path.Count > 1
            || condition.Value.Type == BsonType.Null || BsonNumber.IsNaN(condition.Value))
            return true;
        var value = ((RawDocument)document.ToBson()).Find(condition.Path.Text);
        if (value.IsArray || value.IsNullish || BsonNumber.IsNaN(value))
            return true;
        var key = IndexKeys.Parse(new BsonDocument(condition.Path.Text, descending ? -1 : 1).ToBson()).Extract(document.ToBson(), out _).Single();
        return KeyRange.For(condition, descending)!.Any(range => Holds(range, key)) == filter.Matches(document.ToBson());
    }

    [Property]
    public bool A_filter_that_implies_another_is_narrower(Queries.Query narrow, Queries.Query wide, BsonDocument document)
    {
        var filter = Filter.Parse(narrow.Document.ToBson());
        var partial = Filter.Parse(wide.Document.ToBson());
        return !filter.Implies(partial) || !filter.Matches(document.ToBson()) || partial.Matches(document.ToBson());
    }

    [Property]
    public bool Keys_of_a_compound_index_bound_by_a_prefix_and_a_range(BsonValue first, BsonValue second, bool descending)
    {
        if (first.IsBsonArray || second.IsBsonArray)
            return true;
        var index = IndexKeys.Parse(new BsonDocument { { "a", descending ? 1 : -1 }, { "b", descending ? -1 : 1 } }.ToBson());
        RawDocument document = new BsonDocument { { "a", first }, { "b", second } }.ToBson();
        var key = index.Extract(document, out _).Single();
        var prefix = index.Prefix(document.Find("a"));
        var condition = new Condition(FieldPath.Parse("b"), ConditionOp.Eq, [document.Find("b")]);
        return KeyRange.For(condition, descending)!.Any(range => Holds(new([.. prefix, .. range.Low], [.. prefix, .. range.High]), key));
    }

    /// <summary>Documents and indexes of every shape: what a plan finds, each document once and in order, is what a look at all of them finds.</summary>
    [Property(MaxTest = 3000)]
    public bool Whatever_the_index_the_answer_is_that_of_a_scan(Queries.Query query, BsonDocument[] documents, PositiveInt pattern, PositiveInt order, bool hasOther)
    {
        var collection = new Collection(1, "test.things");
        collection.AddIndex(IndexDefinition.Parse(new BsonDocument { { "key", Queries.Pattern(pattern.Get) }, { "name", "some" } }.ToBson()), []);
        if (hasOther)
            collection.AddIndex(IndexDefinition.Parse(new BsonDocument { { "key", Queries.Pattern(order.Get / 3 + 1).Add("z", 1) }, { "name", "other" } }.ToBson()), []);
        for (var id = 0; id < documents.Length; id++)
            Insert(collection, new BsonDocument("_id", id).AddRange(documents[id]));
        var filter = Filter.Parse(query.Document.ToBson());
        var sort = SortSpec.Parse(Queries.Pattern(order.Get).ToBson());
        var view = collection.Current;
        try
        {
            return Same(view, filter, sort, default) && Same(view, filter, sort, BsonValueRef.From("some"));
        }
        catch (CommandException error) when (error.Message.Contains("parallel arrays", StringComparison.Ordinal))
        {
            return true;
        }
    }

    private static bool Same(CollectionView view, Filter filter, SortSpec sort, BsonValueRef hint)
    {
        var scanned = PlannedQuery.Of(view, filter, sort, 0, null, BsonValueRef.FromDocument(new BsonDocument("$natural", 1).ToBson())).Run(CancellationToken.None).ToList();
        var found = PlannedQuery.Of(view, filter, sort, 0, null, hint).Run(CancellationToken.None).ToList();
        return scanned.Select(document => sort.KeyOf(document)).SequenceEqual(found.Select(document => sort.KeyOf(document)), KeyComparer.Instance)
            && scanned.Select(Id).Order().SequenceEqual(found.Select(Id).Order());
    }

    private static int Id(ReadOnlyMemory<byte> document) => ((RawDocument)document).Find("_id"u8).AsInt32;

    private static void Insert(Collection collection, BsonDocument document)
    {
        try
        {
            collection.Insert(document.ToBson(), []);
        }
        catch (CommandException)
        {
            // Two arrays side by side.
        }
    }

    private static bool Holds(KeyRange range, byte[] key) =>
        key.AsSpan().SequenceCompareTo(range.Low) >= 0 && key.AsSpan().SequenceCompareTo(range.High) < 0;

    public static class Queries
    {
        private static readonly string[] Paths = ["a", "b", "a.b", "a.a", "b.c.a"];
        /// <summary>A key pattern or a sort: up to three paths, each upward or downward.</summary>
        public static BsonDocument Pattern(int number)
        {
            var pattern = new BsonDocument();
            for (var count = number % 3 + 1; count > 0; count--)
            {
                number = number / 3 % 1000 * 7919 + 13;
                pattern[Paths[number % Paths.Length]] = number / 5 % 2 == 0 ? 1 : -1;
            }
            return pattern;
        }

        private static readonly string[] Comparisons = ["$eq", "$gt", "$gte", "$lt", "$lte"];

        public static Arbitrary<Query> All() => Generate(2).Select(document => new Query(document)).ToArbitrary();

        public sealed record Query(BsonDocument Document);

        private static Gen<BsonDocument> Generate(int depth) =>
            depth == 0
                ? Field()
                : Gen.Frequency(
                    (6, Field()),
                    (1, Clauses("$and", depth)),
                    (1, Clauses("$or", depth)),
                    (1, Clauses("$nor", depth)),
                    (2, from path in Gen.Elements(Paths) from inner in Generate(depth - 1) select new BsonDocument(path, new BsonDocument("$elemMatch", inner))));

        private static Gen<BsonDocument> Clauses(string name, int depth) =>
            Gen.Choose(1, 2).SelectMany(count => Generate(depth - 1).ArrayOf(count)).Select(all => new BsonDocument(name, new BsonArray(all)));

        private static Gen<BsonDocument> Field() => from path in Gen.Elements(Paths) from test in Test() select new BsonDocument(path, test);

        private static Gen<BsonValue> Test() => Gen.OneOf(
            Operand(),
            from name in Gen.Elements(Comparisons) from operand in Operand() select (BsonValue)new BsonDocument(name, operand),
            Pair(),
            Gen.Choose(0, 3).SelectMany(count => Operand().ArrayOf(count)).Select(all => (BsonValue)new BsonDocument("$in", new BsonArray(all))),
            from a in Gen.Elements(Comparisons) from x in Operand() select (BsonValue)new BsonDocument("$elemMatch", new BsonDocument(a, x)),
            Gen.Elements<BsonValue>(
                new BsonRegularExpression("^a"), new BsonRegularExpression("^ab?"), new BsonRegularExpression("^"),
                new BsonDocument("$exists", true), new BsonDocument("$exists", false), new BsonDocument("$type", "string"), new BsonDocument("$type", "number")));

        private static Gen<BsonValue> Pair() =>
            from a in Gen.Elements(Comparisons)
            from b in Gen.Elements(Comparisons)
            where a != b
            from x in Operand()
            from y in Operand()
            select (BsonValue)new BsonDocument { { a, x }, { b, y } };

        private static Gen<BsonValue> Operand() =>
            Arbitrary.Values().Generator.Where(value => !value.IsBsonRegularExpression);
    }
}
