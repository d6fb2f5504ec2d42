using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>One test on what a path reaches: met when any of the values meets it.</summary>
internal sealed class PathNode(FieldPath path, ValueTest test) : Node
{
    public FieldPath Path => path;

    public ValueTest Test => test;

    public override bool Matches(RawDocument document, MatchDetails? details)
    {
        var state = (test, details);
        return PathWalk.Any(path, document, ref state, Visit, test.IntoArrays);
    }

    /// <summary>Note: a numeric part may be a place or a name; index keys cannot hold both readings, so no such path goes to a planner.</summary>
    public override void AddConditions(List<Condition> conditions)
    {
        if (path.HasIndexPart)
            conditions.Add(new(path, ConditionOp.Other, []));
        else
            test.AddConditions(path, conditions);
    }

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
