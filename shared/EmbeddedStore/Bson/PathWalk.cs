using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>
/// Looks at every value a dotted path reaches, through arrays, as a MongoDB query does: an array at the end shows each of its
/// items and then itself; an array on the way shows what its embedded documents hold and, for a numeric part, the item at that place. A path that
/// leads nowhere shows the missing value once (manual: "Query an Array of Embedded Documents").
/// </summary>
internal static class PathWalk
{
    /// <summary>Answers true to stop. <paramref name="outerIndex"/> is the place in the outermost array crossed, or -1.</summary>
    public delegate bool Visitor<TState>(BsonValueRef value, int outerIndex, ref TState state);

    public static bool Any<TState>(FieldPath path, RawDocument document, ref TState state, Visitor<TState> visit, bool intoLeafArrays = true) =>
        InDocument(path, 0, document, -1, intoLeafArrays, ref state, visit);

    /// <summary>Whether the path reaches any value.</summary>
    public static bool Exists(FieldPath path, RawDocument document)
    {
        var none = 0;
        return Any(path, document, ref none, static (value, _, ref _) => !value.IsMissing, intoLeafArrays: false);
    }

    /// <summary>The value at the path, going through documents only.</summary>
    public static BsonValueRef Direct(FieldPath path, RawDocument document)
    {
        var value = document.Find(path[0]);
        for (var depth = 1; depth < path.Count; depth++)
            value = value.IsDocument ? value.AsDocument.Find(path[depth]) : BsonValueRef.Missing;
        return value;
    }

    private static bool InDocument<TState>(
        FieldPath path, int depth, RawDocument document, int outer, bool leaf, ref TState state, Visitor<TState> visit)
    {
        var value = document.Find(path[depth]);
        while (value.Type == BsonType.Document && depth + 1 < path.Count)
            value = value.AsDocument.Find(path[++depth]);
        if (value.Type == BsonType.Array)
            return InArray(path, depth + 1, value, outer, leaf, ref state, visit);
        return visit(depth + 1 == path.Count ? value : BsonValueRef.Missing, outer, ref state);
    }

    private static bool InArray<TState>(
        FieldPath path, int depth, BsonValueRef array, int outer, bool leaf, ref TState state, Visitor<TState> visit)
    {
        var ends = depth == path.Count;
        var wanted = ends ? -1 : path.IndexAt(depth);
        if (!ends || leaf)
        {
            var index = 0;
            foreach (var item in array.AsDocument)
            {
                var at = outer >= 0 ? outer : index;
                if (ends ? visit(item.Value, at, ref state) : BelowItem(path, depth, item.Value, index == wanted, at, leaf, ref state, visit))
                    return true;
                index++;
            }
        }

        return ends && visit(array, outer, ref state);
    }

    private static bool BelowItem<TState>(
        FieldPath path, int depth, BsonValueRef item, bool isWanted, int outer, bool leaf, ref TState state, Visitor<TState> visit)
    {
        if (item.Type == BsonType.Document && InDocument(path, depth, item.AsDocument, outer, leaf, ref state, visit))
            return true;
        if (!isWanted)
            return false;
        if (depth + 1 == path.Count)
            return visit(item, outer, ref state);
        return item.Type switch
        {
            BsonType.Document => InDocument(path, depth + 1, item.AsDocument, outer, leaf, ref state, visit),
            BsonType.Array => InArray(path, depth + 1, item, outer, leaf, ref state, visit),
            _ => false,
        };
    }
}
