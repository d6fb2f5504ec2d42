using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Planning;

/// <summary>How the documents of a filter are found: through an index, or by looking at all.</summary>
internal sealed class Plan(CollectionView view, Filter filter, IndexView? index, IndexBounds? bounds, bool sorted, bool backward)
{
    private const int FewDocuments = 200;

    public Filter Filter => filter;

    public IndexView? Index => index;

    public IndexBounds? Bounds => bounds;

    /// <summary>Whether the documents come in the order that was asked for.</summary>
    public bool IsSorted => sorted;

    public bool IsBackward => backward;

    public long KeysExamined { get; private set; }

    public long DocumentsExamined { get; private set; }

    /// <summary>Whether it reads so little that it may run on the caller's thread, where it cannot be cancelled.</summary>
    public bool IsShort => view.Records.Count <= FewDocuments
        || (index is { Definition.Unique: true } && bounds!.Points == index.Definition.Keys.Paths.Count && bounds.Ranges.Count <= FewDocuments);

    public IEnumerable<(long Record, RawDocument Document)> Run(CancellationToken cancelled)
    {
        foreach (var record in index is null ? AllRecords() : IndexRecords(index, bounds!))
        {
            if ((++DocumentsExamined & 0xFF) == 0)
                cancelled.ThrowIfCancellationRequested();
            var document = view.Records[record].Document;
            if (filter.Matches(document))
                yield return (record, document);
        }
    }

    public override string ToString() => index is null
        ? $"COLLSCAN docs {DocumentsExamined}"
        : $"IXSCAN {index.Definition.Name} keys {KeysExamined} docs {DocumentsExamined}{(sorted ? " sorted" : "")}";

    private IEnumerable<long> AllRecords()
    {
        for (var record = view.Records.NextFrom(0); record >= 0; record = view.Records.NextFrom(record + 1))
            yield return record;
    }

    private IEnumerable<long> IndexRecords(IndexView from, IndexBounds within)
    {
        var seen = from.Multikey ? new HashSet<long>() : null;
        var cursor = new KeyCursor(from.Tree);
        for (var i = 0; i < within.Ranges.Count; i++)
        {
            var range = within.Ranges[backward ? within.Ranges.Count - 1 - i : i];
            for (var found = Enter(cursor, range); found && IsInside(cursor, range); found = backward ? cursor.Previous() : cursor.Next())
            {
                KeysExamined++;
                var record = IndexEntry.RecordOf(cursor.Current);
                if (seen is null || seen.Add(record))
                    yield return record;
            }
        }
    }

    private bool Enter(KeyCursor cursor, KeyRange range) => backward ? cursor.SeekBefore(range.High) : cursor.Seek(range.Low);

    private bool IsInside(KeyCursor cursor, KeyRange range) => backward
        ? cursor.Current.SequenceCompareTo(range.Low) >= 0
        : cursor.Current.SequenceCompareTo(range.High) < 0;
}
