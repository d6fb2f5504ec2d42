using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;

namespace EmbeddedStore.Planning;

/// <summary>
/// Chooses an index by rule: whole unique keys first, then the longest run of equalities, a range behind it, and an order
/// that need not be sorted. The same filter always gets the same plan.
/// </summary>
internal static class Planner
{
    private const int WholeKey = 1000;

    public static Plan Choose(CollectionView view, Filter filter, SortSpec? sort = null, BsonValueRef hint = default)
    {
        if (!hint.IsMissing)
            return ByHint(view, filter, sort, hint);
        return Best(view, filter, sort) ?? ByBranches(view, filter) ?? new Plan(view, filter, [], sorted: false);
    }

    private static Plan? Best(CollectionView view, Filter filter, SortSpec? sort)
    {
        Plan? best = null;
        var bestScore = 0;
        foreach (var index in view.Indexes)
        {
            if (!MayUse(index.Definition, filter))
                continue;
            var plan = Through(view, filter, sort, index);
            var score = Score(plan);
            if (score > bestScore)
                (best, bestScore) = (plan, score);
            if (score == WholeKey)
                break;
        }
        return best;
    }

    private static Plan Through(CollectionView view, Filter filter, SortSpec? sort, IndexView index)
    {
        var bounds = IndexBounds.Of(index, filter.Conditions);
        var backward = false;
        var sorted = sort is not null && bounds.Gives(sort, index, out backward);
        return new Plan(view, filter, [new IndexScan(index, bounds, sorted && backward)], sorted);
    }

    private static int Score(Plan plan)
    {
        var scan = plan.Scans[0];
        if (scan.Most is not null)
            return WholeKey;
        var score = scan.Bounds.Points * 10 + (scan.Bounds.HasRange ? 5 : 0) + (plan.IsSorted ? 3 : 0);
        return score == 0 ? 0 : score * 2 + (scan.Index.Definition.Partial is null ? 0 : 1);
    }

    /// <summary>A plan for a plain $or: an index for each branch, or none at all.</summary>
    private static Plan? ByBranches(CollectionView view, Filter filter)
    {
        var scans = new List<IndexScan>();
        foreach (var branch in filter.Branches)
        {
            if (Best(view, branch, null) is not { } plan)
                return null;
            scans.AddRange(plan.Scans);
        }
        return scans.Count == 0 ? null : new Plan(view, filter, scans, sorted: false);
    }

    // Note: an index that leaves documents out serves only filters that cannot want those.
    private static bool MayUse(IndexDefinition index, Filter filter)
    {
        if (index.Partial is not null)
            return filter.Implies(index.Partial);
        return !index.Sparse || filter.Conditions.Any(condition => index.Keys.Paths.Contains(condition.Path) && ImpliesPresence(condition));
    }

    private static bool ImpliesPresence(Condition condition) => condition.Op switch
    {
        ConditionOp.Eq or ConditionOp.In or ConditionOp.Gte or ConditionOp.Lte => condition.Values.All(value => !value.IsNullish && !value.IsArray),
        ConditionOp.Gt or ConditionOp.Lt => !condition.Value.IsNullish,
        ConditionOp.Prefix => true,
        _ => false,
    };

    private static bool IsBackward(RawDocument natural) =>
        natural.Count() == 1 && BsonNumber.TryWhole(natural.At(0), out var direction) && direction is 1 or -1
            ? direction < 0
            : throw CommandException.BadValue($"$natural must be 1 or -1, and stand alone in a hint: {natural}");

    private static Plan ByHint(CollectionView view, Filter filter, SortSpec? sort, BsonValueRef hint)
    {
        if (hint.IsDocument && !hint.AsDocument.Find("$natural"u8).IsMissing)
            return new Plan(view, filter, [], sorted: false, backward: IsBackward(hint.AsDocument));
        foreach (var index in view.Indexes)
            if (hint.IsString ? index.Definition.Name == hint.AsString : hint.IsDocument && index.Definition.KeyPattern.Bytes.SequenceEqual(hint.Bytes))
                return Through(view, filter, sort, index);
        throw CommandException.BadValue($"error processing query: planner returned error: hint provided does not correspond to an existing index: {hint}");
    }
}
