using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>
/// Index keys from <paramref name="Low"/> (inclusive) to <paramref name="High"/> (exclusive), as bytes of one field of a key. Put behind the
/// bytes of the fields before it, the bounds bound the compound keys.
/// </summary>
internal readonly record struct KeyRange(byte[] Low, byte[] High)
{
    /// <summary>
    /// The ranges, in key order and disjoint, that hold every key a condition can match; null when an index cannot help (an array
    /// as operand, a condition that only names its path).
    /// </summary>
    public static IReadOnlyList<KeyRange>? For(Condition condition, bool descending)
    {
        IEnumerable<(KeyEdge Low, KeyEdge High)>? edges = condition.Op switch
        {
            ConditionOp.Eq => Equal(condition.Value),
            ConditionOp.In => condition.Values.SelectMany(Equal),
            ConditionOp.Gt or ConditionOp.Gte or ConditionOp.Lt or ConditionOp.Lte => Range(condition.Op, condition.Value),
            ConditionOp.Prefix => [Prefixed(condition.Value), Bracket(BsonType.RegularExpression)],
            _ => null,
        };
        return edges is null ? null : [.. edges.Select(pair => Of(pair, descending)).OrderBy(range => range.Low, KeyComparer.Instance).DistinctBy(range => range.Low, KeyComparer.Instance)];
    }

    private static KeyRange Of((KeyEdge Low, KeyEdge High) edges, bool descending) =>
        descending
            ? new(edges.High.ToBytes(true), edges.Low.ToBytes(true))
            : new(edges.Low.ToBytes(false), edges.High.ToBytes(false));

    private static IEnumerable<(KeyEdge Low, KeyEdge High)> Equal(BsonValueRef value)
    {
        var key = KeyEncoding.Encode(value);
        if (value.Type == BsonType.Null)
            yield return Bracket(BsonType.Undefined);
        yield return (new(key, false), new(key, true));
    }

    private static IEnumerable<(KeyEdge Low, KeyEdge High)> Range(ConditionOp op, BsonValueRef value)
    {
        if (value.Type == BsonType.Null)
            return op is ConditionOp.Gte or ConditionOp.Lte ? Equal(value) : [];
        var (low, high) = Bracket(value.Type);
        var key = KeyEncoding.Encode(value);
        return op switch
        {
            ConditionOp.Gt => [(new(key, true), high)],
            ConditionOp.Gte => [(new(key, false), high)],
            ConditionOp.Lt => [(low, new(key, false))],
            _ => [(low, new(key, true))],
        };
    }

    /// <summary>The end mark (two bytes) is cut off, so that longer strings fall into the range.</summary>
    private static (KeyEdge Low, KeyEdge High) Prefixed(BsonValueRef text)
    {
        var start = KeyEncoding.Encode(text)[..^2];
        return (new(start, false, true), new(start, true, true));
    }

    private static (KeyEdge Low, KeyEdge High) Bracket(BsonType type) => (KeyEdge.Before(type), KeyEdge.Behind(type));
}
