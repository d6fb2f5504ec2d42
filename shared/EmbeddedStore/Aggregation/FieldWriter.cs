using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>A document with one field set or, by a missing value, taken away.</summary>
internal static class FieldWriter
{
    public static ReadOnlyMemory<byte> With(RawDocument document, FieldPath path, BsonValueRef value)
    {
        var writer = new DocumentWriter(document.Length + 64);
        Write(writer, document, path, 0, value);
        return writer.ToArray();
    }

    private static void Write(DocumentWriter writer, RawDocument document, FieldPath path, int depth, BsonValueRef value)
    {
        var start = writer.BeginDocument();
        var found = false;
        foreach (var element in document)
        {
            if (!element.IsNamed(path[depth]))
            {
                writer.Write(element);
                continue;
            }

            found = true;
            Field(writer, element.Value, path, depth, value);
        }

        if (!found && !value.IsMissing)
            Field(writer, BsonValueRef.Missing, path, depth, value);
        writer.End(start);
    }

    private static void Field(DocumentWriter writer, BsonValueRef current, FieldPath path, int depth, BsonValueRef value)
    {
        if (depth + 1 == path.Count)
        {
            writer.Write(path[depth], value);
            return;
        }

        var nested = new DocumentWriter();
        Write(nested, current.IsDocument ? current.AsDocument : RawDocument.Empty, path, depth + 1, value);
        writer.Write(path[depth], BsonValueRef.FromDocument(nested.ToArray()));
    }
}
