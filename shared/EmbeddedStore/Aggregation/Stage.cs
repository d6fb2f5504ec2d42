using EmbeddedStore.Bson;
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
        var sorted = top is <= int.MaxValue ? sort.Top(input, (int)top, cancellation) : sort.Sort(input, cancellation);
        foreach (var document in sorted)
            yield return document;
    }
}

internal sealed class CountStage(string name) : Stage
{
    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        var count = 0L;
        foreach (var _ in input)
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
        }

        if (count > 0)
            yield return DocumentWriter.Build(writer => writer.Write(name, count <= int.MaxValue ? BsonValueRef.From((int)count) : BsonValueRef.From(count)));
    }
}

internal sealed class ReplaceRootStage(Expression root) : Stage
{
    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        foreach (var document in input)
        {
            var value = root.Evaluate(document);
            yield return value.IsDocument
                ? value.AsDocument.Memory
                : throw CommandException.Location(40228,
                    $"'newRoot' expression must evaluate to an object, but resulting value was: {value}. Type of resulting value: '{BsonTypes.NameOf(value.Type)}'.");
        }
    }
}
