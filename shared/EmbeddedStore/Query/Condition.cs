using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

internal enum ConditionOp
{
    Eq,
    In,
    Gt,
    Gte,
    Lt,
    Lte,
    Exists,
    Prefix,
    Other,
}

/// <summary>
/// One of the AND-ed conditions of a filter, for a planner. A condition is necessary, never sufficient: whatever an index
/// finds by it is matched against the whole filter again. Two conditions on a path that crosses an array may be met by two different
/// items, so their ranges must not be intersected on such a field of an index, unless both name the same <see cref="ElemMatch"/>.
/// </summary>
/// <param name="Path">The field asked about.</param>
/// <param name="Op"><see cref="ConditionOp.Other"/> says only that the path is named (for a partial index's implication).</param>
/// <param name="Values">The operand; several for <see cref="ConditionOp.In"/>; the literal prefix for <see cref="ConditionOp.Prefix"/>.</param>
/// <param name="ElemMatch">Which $elemMatch over values the condition is from, or 0.</param>
/// <param name="Items">The $elemMatch over documents around it, each with the path of its array: what else is asked there is asked of the same item.</param>
internal sealed record Condition(FieldPath Path, ConditionOp Op, BsonValueRef[] Values, int ElemMatch = 0, IReadOnlyList<(int Id, FieldPath Array)>? Items = null)
{
    /// <summary>
    /// Whether both are asked of the same item, where their paths go into one array. Note: the keys of an index have both fields from one item, while
    /// two conditions side by side may be met by two items.
    /// </summary>
    public bool IsOfSameItem(Condition other)
    {
        var common = Path.CommonWith(other.Path);
        if (Items is null || other.Items is null)
            return false;
        foreach (var (id, array) in Items)
            if (array.Count == common && other.Items.Any(item => item.Id == id))
                return true;
        return false;
    }

    public BsonValueRef Value => Values[0];

    /// <summary>Whether a document without the field may match: then a sparse index cannot answer.</summary>
    public bool AllowsMissing => Op == ConditionOp.Other || Array.Exists(Values, value => value.Type == BsonType.Null);
}
