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
    public static Plan Choose(CollectionView view, Filter filter, SortSpec? sort = null, BsonValueRef hint = default)
    {
        if (!hint.IsMissing)
            return ByHint(view, filter, sort, hint);
        Plan? best = null;
        var bestScore = 0;
        foreach (var index in view.Indexes)
        {
            if (!MayUse(index.Definition, filter))
                continue;
            var plan = Through(view, filter, sort, index);
            var score = Score(plan, sort);
            if (score > bestScore)
                (best, bestScore) = (plan, score);
        }
        return best ?? new Plan(view, filter, null, null, sorted: false, backward: false);
    }

    private static Plan Through(CollectionView view, Filter filter, SortSpec? sort, IndexView index)
    {
        var bounds = IndexBounds.Of(index, filter.Conditions);
        var backward = false;
        var sorted = sort is not null && bounds.Gives(sort, index, out backward);
        return new Plan(view, filter, index, bounds, sorted, sorted && backward);
    }

    private static int Score(Plan plan, SortSpec? sort)
    {
        var bounds = plan.Bounds!;
        if (plan.Index!.Definition.Unique && bounds.Points == plan.Index.Definition.Keys.Paths.Count)
            return 1000;
        var score = bounds.Points * 10 + (bounds.HasRange ? 5 : 0) + (plan.IsSorted && sort is not null ? 3 : 0);
        return score * 2 + (score > 0 && plan.Index.Definition.Partial is not null ? 1 : 0);
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

    private static Plan ByHint(CollectionView view, Filter filter, SortSpec? sort, BsonValueRef hint)
    {
        if (hint.IsDocument && !hint.AsDocument.Find("$natural"u8).IsMissing)
            return new Plan(view, filter, null, null, sorted: false, backward: false);
        foreach (var index in view.Indexes)
            if (hint.IsString ? index.Definition.Name == hint.AsString : hint.IsDocument && index.Definition.KeyPattern.Bytes.SequenceEqual(hint.Bytes))
                return Through(view, filter, sort, index);
        throw CommandException.BadValue($"error processing query: planner returned error: hint provided does not correspond to an existing index: {hint}");
    }
}
