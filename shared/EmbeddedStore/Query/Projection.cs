using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>A find projection: inclusion or exclusion by dotted path (manual: "Project Fields to Return from Query").</summary>
internal sealed class Projection
{
    public static Projection Parse(RawDocument projection) => throw new NotImplementedException();

    /// <summary>Returns the same memory when nothing is taken away.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> document) => throw new NotImplementedException();
}
