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
        if (condition.Op == ConditionOp.Eq && condition.Value.Type != BsonType.Null)
            return [Point(condition.Value, descending)];
        if (condition.Op == ConditionOp.In && Points(condition.Values, descending) is { } points)
            return points;
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

    /// <summary>One range a value, in the order of the keys; null where the values are not in order, or one stands for more than itself.</summary>
    private static List<KeyRange>? Points(BsonValueRef[] values, bool descending)
    {
        var points = new List<KeyRange>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[descending ? values.Length - 1 - i : i];
            if (value.Type == BsonType.Null)
                return null;
            var point = Point(value, descending);
            var order = points.Count == 0 ? 1 : KeyComparer.Instance.Compare(point.Low, points[^1].Low);
            if (order < 0)
                return null;
            if (order > 0)
                points.Add(point);
        }
        return points;
    }

    /// <summary>The value's key, and the key with the least byte behind it that no key has there.</summary>
    private static KeyRange Point(BsonValueRef value, bool descending)
    {
        var key = KeyBuffer.OfThread();
        KeyEncoding.Append(key, value);
        if (descending)
            key.Invert(0);
        var low = key.ToArray();
        key.Add(0xFF);
        return new(low, key.ToArray());
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
