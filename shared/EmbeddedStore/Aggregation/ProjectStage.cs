using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>$project, and $addFields, which keeps everything else.</summary>
internal sealed class ProjectStage(ProjectionTree tree) : Stage
{
    public static ProjectStage Project(BsonValueRef source, ExpressionParser expressions)
    {
        if (!source.IsDocument)
            throw CommandException.Location(15969, "$project specification must be an object");
        return source.AsDocument.IsEmpty
            ? throw CommandException.Location(51272, "projection specification must have at least one field")
            : new(new ProjectionParser(expressions).Parse(source.AsDocument));
    }

    public static ProjectStage AddFields(string name, BsonValueRef source, ExpressionParser expressions)
    {
        if (!source.IsDocument)
            throw CommandException.Location(40272, $"{name} specification stage must be an object, got {BsonTypes.NameOf(source.Type)}");
        var tree = new ProjectionTree(keepsOthers: true);
        Collect(tree, source.AsDocument, "", expressions);
        return new(tree);
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation) =>
        input.Select(document => (ReadOnlyMemory<byte>)tree.Apply(document));

    private static void Collect(ProjectionTree tree, RawDocument source, string prefix, ExpressionParser expressions)
    {
        foreach (var element in source)
        {
            ProjectionParser.Check(element.Name);
            if (element.Value.IsDocument && !element.Value.AsDocument.IsEmpty && !PredicateParser.IsOperators(element.Value))
                Collect(tree, element.Value.AsDocument, $"{prefix}{element.Name}.", expressions);
            else
                tree.Add(FieldPath.Parse(prefix + element.Name), ProjectionKind.Compute, expressions.Parse(element.Value));
        }
    }
}
