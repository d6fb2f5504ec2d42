using EmbeddedStore.Bson;

namespace EmbeddedStore.Collections;

/// <summary>Finds in a document the values that a key was made of.</summary>
internal static class KeyValue
{
    public static RawDocument Of(IndexDefinition index, RawDocument document, byte[] key)
    {
        var values = new BsonValueRef[index.Keys.Paths.Count];
        Choose(index, document, key, values, 0);
        return DocumentWriter.Build(writer =>
        {
            for (var i = 0; i < values.Length; i++)
                writer.Write(index.Keys.Paths[i].Text, values[i].IsMissing ? BsonValueRef.Null : values[i]);
        });
    }

    // Note: a path through an array shows many values; the right ones are those whose bytes begin the key.
    private static bool Choose(IndexDefinition index, RawDocument document, byte[] key, BsonValueRef[] values, int field)
    {
        if (field == values.Length)
            return true;
        var candidates = new List<BsonValueRef>();
        PathWalk.Any(index.Keys.Paths[field], document, ref candidates, static (value, _, ref found) =>
        {
            found.Add(value);
            return false;
        });
        foreach (var candidate in candidates)
        {
            values[field] = candidate;
            if (key.AsSpan().StartsWith(index.Keys.Prefix(values.AsSpan(0, field + 1))) && Choose(index, document, key, values, field + 1))
                return true;
        }
        return false;
    }
}
