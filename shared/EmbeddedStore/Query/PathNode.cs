using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>One test on what a path reaches: met when any of the values meets it.</summary>
internal sealed class PathNode(FieldPath path, ValueTest test) : Node
{
    private readonly bool _hasIndexPart = Enumerable.Range(0, path.Count).Any(depth => path.IndexAt(depth) >= 0);

    public FieldPath Path => path;

    public ValueTest Test => test;

    public override bool Matches(RawDocument document, MatchDetails? details)
    {
        var state = (test, details);
        return PathWalk.Any(path, document, ref state, Visit, test.IntoArrays);
    }

    /// <summary>Note: a numeric part may be a place or a name; index keys cannot hold both readings, so no such path goes to a planner.</summary>
    public override IEnumerable<Condition> Conditions() =>
        _hasIndexPart ? [new(path, ConditionOp.Other, [])] : test.Conditions(path);

    public override IEnumerable<(FieldPath Path, BsonValueRef Value)> Equalities() =>
        test is EqTest equality ? [(path, equality.Value)] : [];

    private static bool Visit(BsonValueRef value, int outerIndex, ref (ValueTest Test, MatchDetails? Details) state)
    {
        if (!state.Test.Matches(value, state.Details))
            return false;
        if (state.Details is not null && outerIndex >= 0)
            state.Details.ArrayIndex = outerIndex;
        return true;
    }
}
