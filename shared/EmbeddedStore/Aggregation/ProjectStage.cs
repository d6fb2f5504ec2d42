using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

internal sealed class ProjectStage(ProjectionTree tree) : Stage
{
    public static ProjectStage Parse(BsonValueRef source)
    {
        if (!source.IsDocument)
            throw CommandException.Location(15969, "$project specification must be an object");
        return source.AsDocument.IsEmpty
            ? throw CommandException.Location(51272, "projection specification must have at least one field")
            : new(new ProjectionParser(computes: true).Parse(source.AsDocument));
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation) =>
        input.Select(document => (ReadOnlyMemory<byte>)tree.Apply(document));
}
