using EmbeddedStore.Bson;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>One index as the writer holds it.</summary>
internal sealed class Index(IndexDefinition definition)
{
    private readonly KeyTree tree = new();
    private byte[] entry = new byte[64];
    private bool multikey;

    public IndexDefinition Definition => definition;

    public IndexView Current => new(definition, tree.Current, multikey);

    /// <summary>The entries as the writer sees them, valid until its next change.</summary>
    public KeyTreeView Entries => tree.Current;

    public IndexView Freeze() => new(definition, tree.Freeze(), multikey);

    /// <summary>Note: a partial index also depends on what its filter reads.</summary>
    public bool MayChange(Difference difference) => definition.Partial is not null || difference.Touches(definition.Keys);

    /// <summary>The document's keys; none where a sparse or partial index leaves it out.</summary>
    public byte[][] KeysOf(RawDocument document)
    {
        if (definition.Sparse && !definition.Keys.HasAnyField(document))
            return [];
        if (definition.Partial?.Matches(document) == false)
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

    /// <summary>Fills a new index; sorting first is several times faster than inserting in any order.</summary>
    /// <returns>The record and key that a unique index already had from another record, if any.</returns>
    public (long Record, byte[] Key)? Build(IEnumerable<(long Record, RawDocument Document)> documents)
    {
        var entries = new List<byte[]>();
        foreach (var (record, document) in documents)
            foreach (var key in KeysOf(document))
                entries.Add(IndexEntry.Of(key, record));
        entries.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        for (var i = 0; i < entries.Count; i++)
        {
            if (definition.Unique && i > 0 && IndexEntry.KeyOf(entries[i]).SequenceEqual(IndexEntry.KeyOf(entries[i - 1])))
                return (IndexEntry.RecordOf(entries[i]), IndexEntry.KeyOf(entries[i]).ToArray());
            tree.Add(entries[i]);
        }
        return null;
    }

    private ReadOnlySpan<byte> Entry(byte[] key, long record)
    {
        if (entry.Length < key.Length + IndexEntry.RecordLength)
            entry = new byte[key.Length + IndexEntry.RecordLength + 64];
        return IndexEntry.Write(entry, key, record);
    }
}

/// <summary>An index as readers see it.</summary>
internal sealed record IndexView(IndexDefinition Definition, KeyTreeView Tree, bool Multikey);
