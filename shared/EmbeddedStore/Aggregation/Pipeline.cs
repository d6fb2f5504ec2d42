using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>A parsed aggregation pipeline. What its leading stages ask can be pushed down to an index.</summary>
internal sealed class Pipeline
{
    private const int MostStages = 1000;
    private readonly List<Stage> _stages;

    private Pipeline(List<Stage> stages)
    {
        _stages = stages;
        if (Take<MatchStage>() is { } match)
            Match = match.Filter;
        Sort = Take<SortStage>()?.Sort;
        Skip = Take<SkipStage>()?.Count ?? 0;
        Limit = Take<LimitStage>()?.Count;
    }

    /// <summary>The leading $match, or a filter that matches everything. <see cref="Run"/> does not repeat it.</summary>
    public Filter Match { get; } = Filter.Parse(RawDocument.Empty);

    /// <summary>The $sort right behind it, if any. <see cref="Run"/> does not repeat it: the caller sorts.</summary>
    public SortSpec? Sort { get; }

    /// <summary>The $skip right behind those, or 0. <see cref="Run"/> does not repeat it.</summary>
    public long Skip { get; }

    /// <summary>The $limit right behind those, if any. <see cref="Run"/> does not repeat it.</summary>
    public long? Limit { get; }

    public static Pipeline Parse(BsonValueRef stages)
    {
        if (!stages.IsArray)
            throw CommandException.TypeMismatch("'pipeline' option must be specified as an array");
        if (stages.AsDocument.RequireDepth(Limits.NestingLevels).Count() > MostStages)
            throw CommandException.Location(7749501, $"Pipeline length must be no longer than {MostStages} stages");
        return new([.. BsonArrays.ItemsOf(stages).Select(StageParser.Parse)]);
    }

    /// <summary>Runs what is behind the leading stages, over what they let through.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        var documents = Watched(input, cancellation);
        for (var i = 0; i < _stages.Count; i++)
            documents = (_stages[i] is SortStage sort && Top(i + 1) is { } top ? new SortStage(sort.Sort, top) : _stages[i]).Run(documents, cancellation);
        return documents;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Watched(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        foreach (var document in input)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return document;
        }
    }

    private T? Take<T>() where T : Stage
    {
        if (_stages is not [T first, ..])
            return null;
        _stages.RemoveAt(0);
        return first;
    }

    /// <summary>How many documents of a sort the stages from <paramref name="at"/> on can use.</summary>
    private long? Top(int at)
    {
        var skipped = 0L;
        for (; at < _stages.Count && _stages[at] is SkipStage skip; at++)
            skipped += skip.Count;
        return at < _stages.Count && _stages[at] is LimitStage limit && limit.Count <= int.MaxValue - skipped ? skipped + limit.Count : null;
    }
}
