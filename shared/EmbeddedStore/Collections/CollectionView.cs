using EmbeddedStore.Bson;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>A collection at one moment: readers keep it as long as they like, and it never changes under them.</summary>
internal sealed record CollectionView(string Namespace, RecordTableView Records, IndexView[] Indexes, long DataBytes)
{
    public IndexView IdIndex => Indexes[0];

    public static CollectionView Empty(string ns) => new(ns, default, [new IndexView(IndexDefinition.Id, default, 0)], 0);

    public IEnumerable<Place> Places()
    {
        for (var record = Records.NextFrom(0); record >= 0; record = Records.NextFrom(record + 1))
            yield return Records[record];
    }

    public IEnumerable<(long Record, RawDocument Document)> Documents()
    {
        for (var record = Records.NextFrom(0); record >= 0; record = Records.NextFrom(record + 1))
            yield return (record, Records[record].Document);
    }
}
