using EmbeddedStore.Collections;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Planning;

/// <summary>Reads the ranges of one index, in its order or backward.</summary>
internal sealed record IndexScan(IndexView Index, IndexBounds Bounds, bool Backward)
{
    /// <summary>How many records it can find at most, where that is certain.</summary>
    public int? Most =>
        Index.Definition.Unique && Bounds.Points == Index.Definition.Keys.Paths.Count ? Bounds.Ranges.Count : null;

    /// <summary>Whether it may find a record more than once: where all fields that cross arrays are held to one point it does not.</summary>
    public bool MayRepeat => Index.MultikeyFields >> Bounds.Fixed != 0;

    public IEnumerable<long> Records()
    {
        if (Most is not null)
        {
            // Note: a whole unique key has one record at most, which needs no cursor.
            for (var i = 0; i < Bounds.Ranges.Count; i++)
                if (Index.Tree.TryFind(Bounds.Ranges[Backward ? Bounds.Ranges.Count - 1 - i : i].Low, out var record))
                    yield return record;
            yield break;
        }
        var cursor = new KeyCursor(Index.Tree);
        for (var i = 0; i < Bounds.Ranges.Count; i++)
        {
            var range = Bounds.Ranges[Backward ? Bounds.Ranges.Count - 1 - i : i];
            for (var found = Enter(cursor, range); found && IsInside(cursor, range); found = Backward ? cursor.Previous() : cursor.Next())
                yield return IndexEntry.RecordOf(cursor.Current);
        }
    }

    private bool Enter(KeyCursor cursor, KeyRange range) => Backward ? cursor.SeekBefore(range.High) : cursor.Seek(range.Low);

    private bool IsInside(KeyCursor cursor, KeyRange range) => Backward
        ? cursor.Current.SequenceCompareTo(range.Low) >= 0
        : cursor.Current.SequenceCompareTo(range.High) < 0;
}
