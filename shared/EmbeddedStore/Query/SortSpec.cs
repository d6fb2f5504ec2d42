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

    public static SortSpec Parse(RawDocument sort) => throw new NotImplementedException();

    /// <summary>The document's sort key; keys compare with <see cref="KeyComparer"/>.</summary>
    public byte[] KeyOf(RawDocument document) => throw new NotImplementedException();

    /// <summary>All documents in order; documents with equal keys keep the order they came in.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Sort(IEnumerable<ReadOnlyMemory<byte>> documents, CancellationToken cancellation) =>
        throw new NotImplementedException();

    /// <summary>The first <paramref name="count"/> of the order, never holding more than that.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Top(IEnumerable<ReadOnlyMemory<byte>> documents, int count, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
