using EmbeddedStore.Aggregation;
using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>A find projection: inclusion or exclusion by dotted path (manual: "Project Fields to Return from Query").</summary>
internal sealed class Projection
{
    private readonly ProjectionTree? _tree;

    private Projection(ProjectionTree? tree) => _tree = tree;

    public static Projection Parse(RawDocument projection) =>
        new(projection.IsEmpty ? null : new ProjectionParser(computes: false).Parse(projection.RequireDepth(Limits.NestingLevels)));

    /// <summary>Returns the same memory when the projection is empty.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> document) => _tree is null ? document : _tree.Apply(document);
}
