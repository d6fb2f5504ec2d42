using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>One step of a pipeline.</summary>
internal abstract class Stage
{
    public abstract IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation);
}

internal sealed class MatchStage(Filter filter) : Stage
{
    public Filter Filter => filter;

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation) =>
        input.Where(document => filter.Matches(document));
}

internal sealed class SkipStage(long count) : Stage
{
    public long Count => count;

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        var left = count;
        foreach (var document in input)
            if (left-- <= 0)
                yield return document;
    }
}

internal sealed class LimitStage(long count) : Stage
{
    public long Count => count;

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        var left = count;
        foreach (var document in input)
        {
            yield return document;
            if (--left == 0)
                yield break;
        }
    }
}

/// <summary>Sorts all, or finds the first <paramref name="top"/> when a $limit follows.</summary>
internal sealed class SortStage(SortSpec sort, long? top = null) : Stage
{
    public SortSpec Sort => sort;

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        var sorted = top is { } most ? sort.Top(input, (int)most, cancellation) : sort.Sort(input, cancellation);
        foreach (var document in sorted)
            yield return document;
    }
}
