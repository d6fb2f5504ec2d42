using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>
/// A sort order. An array sorts by its least item ascending and its greatest descending; missing sorts as null, an empty array below null
/// (manual: "cursor.sort(), Sort by Array Field"). Each document's sort key is one byte key, compared by memcmp.
/// </summary>
internal sealed class SortSpec
{
    private readonly IndexKeys _keys;

    private SortSpec(IndexKeys keys) => _keys = keys;

    public IReadOnlyList<FieldPath> Paths => _keys.Paths;

    public IReadOnlyList<bool> Descending => _keys.Descending;

    public static SortSpec Parse(RawDocument sort)
    {
        foreach (var element in sort)
        {
            var name = element.Name;
            if (element.Value.IsDocument)
                throw CommandException.NotImplemented($"sorting by an expression ({name}: {element.Value}) is not supported");
            if (!BsonNumber.TryWhole(element.Value, out var direction) || direction is not (1 or -1))
                throw CommandException.Location(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
            if (name.Length == 0 || name.StartsWith('$') || name.Split('.').Any(part => part.Length == 0))
                throw CommandException.BadValue($"cannot sort by '{name}'");
        }

        return sort.IsEmpty ? throw CommandException.Location(15976, "$sort stage must have at least one sort key") : new(IndexKeys.Parse(sort));
    }

    /// <summary>The document's sort key; keys compare with <see cref="KeyComparer"/>.</summary>
    public byte[] KeyOf(RawDocument document)
    {
        try
        {
            return _keys.Extract(document, out _)[0];
        }
        catch (CommandException e) when (e.Code == 171)
        {
            throw CommandException.BadValue("cannot sort with keys that are parallel arrays");
        }
    }

    /// <summary>All documents in order; documents with equal keys keep the order they came in.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Sort(IEnumerable<ReadOnlyMemory<byte>> documents, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        foreach (var document in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(new(KeyOf(document), rows.Count, document));
        }

        rows.Sort();
        return [.. rows.Select(row => row.Document)];
    }

    /// <summary>The first <paramref name="count"/> of the order, never holding more than that.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Top(IEnumerable<ReadOnlyMemory<byte>> documents, int count, CancellationToken cancellation)
    {
        var worstFirst = Comparer<Row>.Create((a, b) => b.CompareTo(a));
        var kept = new PriorityQueue<Row, Row>(worstFirst);
        var seen = 0L;
        foreach (var document in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = new Row(KeyOf(document), seen++, document);
            if (kept.Count < count)
                kept.Enqueue(row, row);
            else if (count > 0)
                kept.EnqueueDequeue(row, row);
        }

        return [.. kept.UnorderedItems.Select(item => item.Element).Order().Select(row => row.Document)];
    }

    private readonly record struct Row(byte[] Key, long Place, ReadOnlyMemory<byte> Document) : IComparable<Row>
    {
        public int CompareTo(Row other)
        {
            var order = Key.AsSpan().SequenceCompareTo(other.Key);
            return order != 0 ? order : Place.CompareTo(other.Place);
        }
    }
}
