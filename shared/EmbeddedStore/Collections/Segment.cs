using System.Buffers.Binary;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>
/// Some rows of a collection on their way from the file into memory: their documents, and their keys in every index, in order. Segments know
/// nothing of each other, so that all processors can read.
/// </summary>
internal sealed class Segment(Collection collection, IReadOnlyList<IndexDefinition> definitions, long from, long to)
{
    private readonly IndexEntries entries = new(definitions);

    public Collection Collection => collection;

    public SlabSet Slabs { get; } = new(fillsWhole: true);

    public List<(long Record, Place Place)> Places { get; } = [];

    public IndexEntries Entries => entries;

    public void Read(string path, Statement rows)
    {
        rows.Bind(1, from).Bind(2, to);
        while (rows.Read())
        {
            var record = rows.Int64(0);
            var body = rows.Blob(1);
            if (body.Length < 5 || BinaryPrimitives.ReadInt32LittleEndian(body) != body.Length || body[^1] != 0)
                throw new StoreFileException($"{path} is damaged: record {record} of {collection.Namespace} is no document. It was left as it is.");
            var place = Slabs.Append(record, body);
            Places.Add((record, place));
            entries.Add(place.Document, record);
        }
        entries.Sort();
    }
}
