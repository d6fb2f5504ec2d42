using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>A parsed aggregation pipeline. What its leading stages ask can be pushed down to an index.</summary>
internal sealed class Pipeline
{
    /// <summary>The leading $match, or a filter that matches everything. <see cref="Run"/> does not repeat it.</summary>
    public Filter Match { get; private init; } = Filter.Parse(RawDocument.Empty);

    /// <summary>The $sort right behind it, if any. <see cref="Run"/> does not repeat it: the caller sorts.</summary>
    public SortSpec? Sort { get; private init; }

    /// <summary>The $skip right behind those, or 0. <see cref="Run"/> does not repeat it.</summary>
    public long Skip { get; private init; }

    /// <summary>The $limit right behind those, if any. <see cref="Run"/> does not repeat it.</summary>
    public long? Limit { get; private init; }

    /// <summary>Parses the array of stages. <paramref name="now"/> is what $$NOW stands for.</summary>
    public static Pipeline Parse(BsonValueRef stages, DateTimeOffset now) => throw new NotImplementedException();

    /// <summary>Runs what is behind the leading stages, over what they let through.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
