using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>Gathers the entries of a collection's indexes from documents that are there already.</summary>
internal sealed class IndexEntries
{
    private readonly IndexedFields fields;
    private readonly OfIndex[] indexes;

    public IndexEntries(IReadOnlyList<IndexDefinition> definitions)
    {
        fields = new IndexedFields(definitions.Select(definition => definition.Keys));
        indexes = [.. definitions.Select(definition => new OfIndex(definition, fields.SlotsOf(definition.Keys)))];
    }

    public KeyRun RunOf(int index) => indexes[index].Run;

    /// <summary>A bit for each field that has crossed an array.</summary>
    public ulong MultikeyOf(int index) => indexes[index].Multikey;

    public void Add(RawDocument document, long record)
    {
        fields.Read(document);
        foreach (var index in indexes)
            index.Add(document, record, fields);
    }

    public void Sort()
    {
        foreach (var index in indexes)
            index.Run.Sort();
    }

    private sealed class OfIndex(IndexDefinition definition, int[] slots)
    {
        public KeyRun Run { get; } = new();

        public ulong Multikey { get; private set; }

        public void Add(RawDocument document, long record, IndexedFields fields)
        {
            if (!definition.Holds(document))
                return;
            var flat = KeyBuffer.OfThread();
            if (TryAppend(flat, fields))
            {
                Run.Add(flat.Written, record);
                return;
            }
            foreach (var key in definition.Keys.Extract(document, out var multikey))
            {
                Run.Add(key, record);
                Multikey |= multikey;
            }
        }

        private bool TryAppend(KeyBuffer flat, IndexedFields fields)
        {
            for (var i = 0; i < slots.Length; i++)
                if (!definition.Keys.TryAppend(flat, i, fields[slots[i]]))
                    return false;
            return true;
        }
    }
}
