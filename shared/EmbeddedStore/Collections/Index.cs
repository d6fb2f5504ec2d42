using EmbeddedStore.Bson;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>One index as the writer holds it.</summary>
internal sealed class Index(IndexDefinition definition)
{
    private readonly KeyTree tree = new();
    private byte[] entry = new byte[64];
    private ulong multikey;

    public IndexDefinition Definition => definition;

    public IndexView Current => new(definition, tree.Current, multikey);

    /// <summary>The entries as the writer sees them, valid until its next change.</summary>
    public KeyTreeView Entries => tree.Current;

    public IndexView Freeze() => new(definition, tree.Freeze(), multikey);

    public void TakeBack(IndexView view) => tree.TakeBack(view.Tree);

    /// <summary>Note: a partial index also depends on what its filter reads.</summary>
    public bool MayChange(Difference difference) => definition.Partial is not null || difference.Touches(definition.Keys);

    /// <summary>The document's keys; none where a sparse or partial index leaves it out.</summary>
    public byte[][] KeysOf(RawDocument document)
    {
        if (!definition.Holds(document))
            return [];
        var keys = definition.Keys.Extract(document, out var many);
        multikey |= many;
        return keys;
    }

    /// <summary>A key that another record already holds in this unique index.</summary>
    public byte[]? Conflict(byte[][] keys, long record)
    {
        if (!definition.Unique)
            return null;
        foreach (var key in keys)
            if (tree.Current.TryFind(key, out var holder) && holder != record)
                return key;
        return null;
    }

    public void Add(byte[][] keys, long record)
    {
        foreach (var key in keys)
            tree.Add(Entry(key, record));
    }

    public void Remove(byte[][] keys, long record)
    {
        foreach (var key in keys)
            tree.Remove(Entry(key, record));
    }

    /// <summary>Fills a new index with entries that are gathered and in order: several times faster than one by one in any order.</summary>
    /// <returns>The record and key that a unique index already had from another record, if any.</returns>
    public (long Record, byte[] Key)? Fill(IEnumerable<KeyRun> runs, ulong multikeyFields)
    {
        (long, byte[])? conflict = null;
        multikey |= multikeyFields;
        tree.Fill(packer =>
        {
            ReadOnlySpan<byte> last = default;
            for (var entries = new KeyMerge(runs); !entries.IsAtEnd && conflict is null; entries.Next())
            {
                var entry = entries.Current;
                if (definition.Unique && packer.Count > 0 && IndexEntry.KeyOf(entry).SequenceEqual(IndexEntry.KeyOf(last)))
                    conflict = (IndexEntry.RecordOf(entry), IndexEntry.KeyOf(entry).ToArray());
                packer.Add(entry);
                last = entry;
            }
        });
        return conflict;
    }

    private ReadOnlySpan<byte> Entry(byte[] key, long record)
    {
        if (entry.Length < key.Length + IndexEntry.RecordLength)
            entry = new byte[key.Length + IndexEntry.RecordLength + 64];
        return IndexEntry.Write(entry, key, record);
    }
}

/// <summary>An index as readers see it.</summary>
/// <param name="Definition">What createIndexes was told.</param>
/// <param name="Tree">The entries.</param>
/// <param name="MultikeyFields">A bit for each field of the key that has crossed an array in some document.</param>
internal sealed record IndexView(IndexDefinition Definition, KeyTreeView Tree, ulong MultikeyFields)
{
    public bool Multikey => MultikeyFields != 0;

    public bool IsMultikey(int field) => (MultikeyFields >> field & 1) != 0;
}
