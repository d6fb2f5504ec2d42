using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>Whether one filter is narrower than another, for partial indexes (manual: "Partial Indexes, Query Coverage").</summary>
internal static class Implication
{
    public static bool Holds(Filter narrow, Node wide) => wide switch
    {
        AndNode and => Array.TrueForAll(and.Children, child => Holds(narrow, child)),
        OrNode or => Array.Exists(or.Children, child => Holds(narrow, child)),
        PathNode path => narrow.Conditions.Any(condition => condition.Path.Equals(path.Path) && Holds(condition, path.Test)),
        _ => false,
    };

    /// <summary>Error 67 for what a partial index's filter may not say.</summary>
    public static void RequirePartialShape(Node node)
    {
        switch (node)
        {
            case AndNode and:
                Array.ForEach(and.Children, child => RequirePartialShape(child));
                break;
            case OrNode or:
                Array.ForEach(or.Children, child => RequirePartialShape(child));
                break;
            case PathNode { Test: EqTest or RangeTest or InTest or ExistsTest or TypeTest }:
                break;
            default:
                throw new CommandException(67, "CannotCreateIndex",
                    "Expression not supported in partial index: only $and, $or, equality, $in, $gt, $gte, $lt, $lte, $exists: true and $type are");
        }
    }

    /// <summary>Note: both sides ask whether any value at the path meets them, so value by value is enough, through arrays too.</summary>
    private static bool Holds(Condition narrow, ValueTest wide) => narrow.Op switch
    {
        ConditionOp.Eq or ConditionOp.In => Array.TrueForAll(narrow.Values, value => Meets(value, wide)),
        ConditionOp.Exists => wide is ExistsTest,
        ConditionOp.Prefix => wide is ExistsTest,
        ConditionOp.Gt or ConditionOp.Gte or ConditionOp.Lt or ConditionOp.Lte =>
            narrow.Value.Type != BsonType.Null && (wide is ExistsTest || (wide is RangeTest range && IsWithin(narrow, range))),
        _ => false,
    };

    private static bool Meets(BsonValueRef value, ValueTest wide) =>
        wide.Matches(value, null) && (value.Type != BsonType.Null || wide.Matches(BsonValueRef.Missing, null));

    private static bool IsWithin(Condition narrow, RangeTest wide)
    {
        if (BsonNumber.IsNaN(narrow.Value) || BsonNumber.IsNaN(wide.Operand))
            return false;
        if (BsonTypes.RankOf(narrow.Value.Type) != BsonTypes.RankOf(wide.Operand.Type) || IsUpward(narrow.Op) != IsUpward(wide.Op))
            return false;
        var order = BsonOrder.Compare(narrow.Value, wide.Operand) * (IsUpward(wide.Op) ? 1 : -1);
        return order > 0 || (order == 0 && (narrow.Op == wide.Op || wide.Op is ConditionOp.Gte or ConditionOp.Lte));
    }

    private static bool IsUpward(ConditionOp op) => op is ConditionOp.Gt or ConditionOp.Gte;
}
