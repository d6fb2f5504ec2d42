using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;

namespace EmbeddedStore.Planning;

/// <summary>A filter with an order, a window and a plan. Nothing is held that is not returned, unless it must be sorted.</summary>
internal sealed class PlannedQuery(Plan plan, SortSpec? sort, long skip, long? limit)
{
    public Plan Plan => plan;

    public bool SortsInMemory => sort is not null && !plan.IsSorted;

    public static PlannedQuery Of(CollectionView view, Filter filter, SortSpec? sort, long skip, long? limit, BsonValueRef hint) =>
        new(Planner.Choose(view, filter, sort, hint), sort, skip, limit);

    public IEnumerable<ReadOnlyMemory<byte>> Run(CancellationToken cancelled)
    {
        var matches = plan.Run(cancelled).Select(match => match.Document.Memory);
        if (SortsInMemory)
            matches = Sorted(matches, sort!, cancelled);
        return Window(matches);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Sorted(IEnumerable<ReadOnlyMemory<byte>> matches, SortSpec order, CancellationToken cancelled) =>
        limit is { } most && most <= int.MaxValue - skip
            ? order.Top(matches, (int)(skip + most), cancelled)
            : order.Sort(matches, cancelled);

    private IEnumerable<ReadOnlyMemory<byte>> Window(IEnumerable<ReadOnlyMemory<byte>> documents)
    {
        var left = limit ?? long.MaxValue;
        var toSkip = skip;
        if (left == 0)
            yield break;
        foreach (var document in documents)
        {
            if (toSkip-- > 0)
                continue;
            yield return document;
            if (--left == 0)
                yield break;
        }
    }
}
