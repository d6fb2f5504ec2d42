using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>An aggregation expression, evaluated over one document.</summary>
internal abstract class Expression
{
    public abstract BsonValueRef Evaluate(RawDocument root);
}

internal sealed class Constant(BsonValueRef value) : Expression
{
    public override BsonValueRef Evaluate(RawDocument root) => value;
}

/// <summary>$$ROOT.</summary>
internal sealed class RootDocument : Expression
{
    public override BsonValueRef Evaluate(RawDocument root) => BsonValueRef.FromDocument(root);
}

/// <summary>"$a.b": through documents by name, through arrays item by item; numbers are names here, not places.</summary>
internal sealed class FieldReference(FieldPath path) : Expression
{
    public override BsonValueRef Evaluate(RawDocument root) => In(root, 0);

    private BsonValueRef In(RawDocument document, int depth)
    {
        var value = document.Find(path[depth]);
        if (depth + 1 == path.Count)
            return value;
        if (value.IsDocument)
            return In(value.AsDocument, depth + 1);
        return value.IsArray ? InItems(value, depth + 1) : BsonValueRef.Missing;
    }

    private BsonValueRef InItems(BsonValueRef array, int depth)
    {
        var found = new List<BsonValueRef>();
        foreach (var item in array.AsDocument)
        {
            var value = item.Value.IsDocument ? In(item.Value.AsDocument, depth)
                : item.Value.IsArray ? InItems(item.Value, depth)
                : BsonValueRef.Missing;
            if (!value.IsMissing && !(item.Value.IsArray && value.AsDocument.IsEmpty))
                found.Add(value);
        }

        return BsonArrays.Of(found);
    }
}

/// <summary>{ a: …, b: … }: fields whose value is missing are left out.</summary>
internal sealed class NewDocument((string Name, Expression Value)[] fields) : Expression
{
    public override BsonValueRef Evaluate(RawDocument root)
    {
        var writer = new DocumentWriter();
        var start = writer.BeginDocument();
        foreach (var (name, value) in fields)
            writer.Write(name, value.Evaluate(root));
        writer.End(start);
        return BsonValueRef.FromDocument(writer.ToArray());
    }
}
