using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;

namespace EmbeddedStore.Planning;

/// <summary>How the documents of a filter are found: through an index, through one for each branch of an $or, or by looking at all.</summary>
internal sealed class Plan(CollectionView view, Filter filter, IReadOnlyList<IndexScan> scans, bool sorted, bool backward = false)
{
    public const int FewDocuments = 200;

    public Filter Filter => filter;

    /// <summary>None where all documents are looked at.</summary>
    public IReadOnlyList<IndexScan> Scans => scans;

    /// <summary>Whether the documents come in the order that was asked for.</summary>
    public bool IsSorted => sorted;

    /// <summary>Whether all documents are looked at from the last to the first.</summary>
    public bool IsBackward => backward;

    public long KeysExamined { get; private set; }

    public long DocumentsExamined { get; private set; }

    /// <summary>Whether it reads so little that it may run on the caller's thread, where it cannot be cancelled.</summary>
    public bool IsShort => view.Records.Count <= FewDocuments || (scans.Count > 0 && scans.Sum(scan => scan.Most ?? FewDocuments + 1) <= FewDocuments);

    public IEnumerable<(long Record, RawDocument Document)> Run(CancellationToken cancelled)
    {
        foreach (var record in scans.Count == 0 ? AllRecords() : IndexedRecords())
        {
            DocumentsExamined++;
            cancelled.ThrowIfCancellationRequested();
            var document = view.Records[record].Document;
            if (filter.Matches(document))
                yield return (record, document);
        }
    }

    public override string ToString() => scans.Count == 0
        ? $"COLLSCAN, {DocumentsExamined} documents"
        : $"IXSCAN {string.Join(" | ", scans.Select(scan => scan.Index.Definition.Name))}, {KeysExamined} keys, {DocumentsExamined} documents";

    private IEnumerable<long> AllRecords()
    {
        if (backward)
        {
            for (var record = view.Records.LastUpTo(long.MaxValue); record >= 0; record = view.Records.LastUpTo(record - 1))
                yield return record;
            yield break;
        }
        for (var record = view.Records.NextFrom(0); record >= 0; record = view.Records.NextFrom(record + 1))
            yield return record;
    }

    private IEnumerable<long> IndexedRecords()
    {
        var seen = scans.Count > 1 || scans[0].MayRepeat ? new HashSet<long>() : null;
        foreach (var scan in scans)
            foreach (var record in scan.Records())
            {
                KeysExamined++;
                if (seen is null || seen.Add(record))
                    yield return record;
            }
    }
}
