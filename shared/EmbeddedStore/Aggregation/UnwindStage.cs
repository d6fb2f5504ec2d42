using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>$unwind: one document an item (manual: "$unwind").</summary>
internal sealed class UnwindStage(FieldPath path, FieldPath? indexPath, bool keepsEmpty) : Stage
{
    public static UnwindStage Parse(BsonValueRef source)
    {
        if (source.IsString)
            return new(PathOf(source), null, false);
        if (!source.IsDocument)
            throw CommandException.Location(15981, $"expected either a string or an object as specification for $unwind stage, got {BsonTypes.NameOf(source.Type)}");
        FieldPath? path = null;
        FieldPath? index = null;
        var keeps = false;
        foreach (var element in source.AsDocument)
        {
            switch (element.Name)
            {
                case "path":
                    path = PathOf(element.Value);
                    break;
                case "includeArrayIndex":
                    index = element.Value is { IsString: true, AsString: [not '$', ..] name }
                        ? FieldPath.Parse(name)
                        : throw CommandException.Location(28810, "expected a non-empty string for the includeArrayIndex option to $unwind stage that is not prefixed with '$'");
                    break;
                case "preserveNullAndEmptyArrays":
                    keeps = element.Value.Type == MongoDB.Bson.BsonType.Boolean
                        ? element.Value.AsBoolean
                        : throw CommandException.Location(28809, "expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage");
                    break;
                default:
                    throw CommandException.Location(28811, $"unrecognized option to $unwind stage: {element.Name}");
            }
        }

        return new(path ?? throw CommandException.Location(28812, "no path specified to $unwind stage"), index, keeps);
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        foreach (var document in input)
        {
            var value = PathWalk.Direct(path, document);
            if (value.IsArray && !value.AsDocument.IsEmpty)
            {
                var items = BsonArrays.ItemsOf(value);
                for (var i = 0; i < items.Count; i++)
                    yield return With(document, items[i], BsonValueRef.From((long)i));
            }
            else if (value.IsArray && keepsEmpty)
                yield return With(document, BsonValueRef.Missing, BsonValueRef.Null);
            else if (!value.IsNullish && !value.IsArray || (value.IsNullish && keepsEmpty))
                yield return indexPath is null ? document : FieldWriter.With(document, indexPath, BsonValueRef.Null);
        }
    }

    private ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> document, BsonValueRef item, BsonValueRef index)
    {
        var unwound = FieldWriter.With(document, path, item);
        return indexPath is null ? unwound : FieldWriter.With(unwound, indexPath, index);
    }

    private static FieldPath PathOf(BsonValueRef value) =>
        value is { IsString: true, AsString: ['$', not '$', ..] text }
            ? FieldPath.Parse(text[1..])
            : throw CommandException.Location(28818, $"path option to $unwind stage should be prefixed with a '$': {value}");
}
