using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>A test on a single value; a missing one is tested too.</summary>
internal abstract class ValueTest
{
    /// <summary>Whether the items of an array at the path's end are tested, each and then the array.</summary>
    public virtual bool IntoArrays => true;

    public abstract bool Matches(BsonValueRef value, MatchDetails? details);

    /// <summary>Adds what a planner may take from the test.</summary>
    public virtual void AddConditions(FieldPath path, List<Condition> conditions) => conditions.Add(new(path, ConditionOp.Other, []));

    protected static bool CanBeKey(BsonValueRef operand) =>
        operand.Type is not (BsonType.Array or BsonType.MinKey or BsonType.MaxKey or BsonType.Undefined);
}

internal sealed class EqTest(BsonValueRef operand) : ValueTest
{
    public BsonValueRef Value => operand;

    public override bool Matches(BsonValueRef value, MatchDetails? details) =>
        operand.Type == BsonType.Null ? value.IsNullish : !value.IsMissing && BsonOrder.AreEqual(value, operand);

    public override void AddConditions(FieldPath path, List<Condition> conditions) =>
        conditions.Add(CanBeKey(operand) ? new(path, ConditionOp.Eq, [operand]) : new(path, ConditionOp.Other, []));
}

/// <summary>$gt, $gte, $lt, $lte: within the operand's type only (manual: "Comparison Query Predicates", type bracketing).</summary>
internal sealed class RangeTest(ConditionOp op, BsonValueRef operand) : ValueTest
{
    public ConditionOp Op => op;

    public BsonValueRef Operand => operand;

    public override bool Matches(BsonValueRef value, MatchDetails? details)
    {
        if (operand.Type == BsonType.Null)
            return op is ConditionOp.Gte or ConditionOp.Lte && value.IsNullish;
        if (operand.Type is BsonType.MinKey or BsonType.MaxKey)
            return Holds(BsonOrder.Compare(value.IsMissing ? BsonValueRef.Null : value, operand));
        if (value.IsMissing || BsonTypes.RankOf(value.Type) != BsonTypes.RankOf(operand.Type))
            return false;
        var order = BsonOrder.Compare(value, operand);
        return (order == 0 || !operand.IsNumber || BsonNumber.IsNaN(operand) == BsonNumber.IsNaN(value)) && Holds(order);
    }

    public override void AddConditions(FieldPath path, List<Condition> conditions) =>
        conditions.Add(CanBeKey(operand) ? new(path, op, [operand]) : new(path, ConditionOp.Other, []));

    private bool Holds(int order) => op switch
    {
        ConditionOp.Gt => order > 0,
        ConditionOp.Gte => order >= 0,
        ConditionOp.Lt => order < 0,
        _ => order <= 0,
    };
}

/// <summary>$in: a binary search among the values, then the regular expressions.</summary>
internal sealed class InTest : ValueTest
{
    private readonly BsonValueRef[] _values;
    private readonly RegexTest[] _patterns;
    private readonly bool _hasNull;

    public InTest(IEnumerable<BsonValueRef> values, RegexTest[] patterns)
    {
        _values = [.. values];
        if (!IsSorted(_values))
            Array.Sort(_values, BsonOrder.Compare);
        _patterns = patterns;
        _hasNull = Array.Exists(_values, value => value.Type == BsonType.Null);
    }

    private static bool IsSorted(BsonValueRef[] values)
    {
        for (var i = 1; i < values.Length; i++)
            if (BsonOrder.Compare(values[i - 1], values[i]) > 0)
                return false;
        return true;
    }

    public override bool Matches(BsonValueRef value, MatchDetails? details)
    {
        if (value.IsNullish && _hasNull)
            return true;
        if (value.IsMissing)
            return false;
        int low = 0, high = _values.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = BsonOrder.Compare(_values[middle], value);
            if (order == 0)
                return true;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return Array.Exists(_patterns, pattern => pattern.Matches(value, null));
    }

    public override void AddConditions(FieldPath path, List<Condition> conditions) =>
        conditions.Add(_patterns.Length == 0 && Array.TrueForAll(_values, CanBeKey) ? new(path, ConditionOp.In, _values) : new(path, ConditionOp.Other, []));
}

internal sealed class ExistsTest : ValueTest
{
    public override bool IntoArrays => false;

    public override bool Matches(BsonValueRef value, MatchDetails? details) => !value.IsMissing;

    public override void AddConditions(FieldPath path, List<Condition> conditions) => conditions.Add(new(path, ConditionOp.Exists, []));
}

internal sealed class TypeTest(HashSet<BsonType> types) : ValueTest
{
    public override bool Matches(BsonValueRef value, MatchDetails? details) => !value.IsMissing && types.Contains(value.Type);
}

internal sealed class SizeTest(long size) : ValueTest
{
    public override bool IntoArrays => false;

    public override bool Matches(BsonValueRef value, MatchDetails? details) => value.IsArray && value.AsDocument.Count() == size;
}

/// <summary>$all: [] and $in: [] match nothing.</summary>
internal sealed class NothingTest : ValueTest
{
    public override bool Matches(BsonValueRef value, MatchDetails? details) => false;
}
