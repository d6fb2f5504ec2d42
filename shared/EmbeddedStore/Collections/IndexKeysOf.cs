using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>Gathers the entries of one index from documents that are all there already.</summary>
internal sealed class IndexKeysOf(IndexDefinition definition)
{
    public KeyRun Run { get; } = new();

    /// <summary>A bit for each field that has crossed an array.</summary>
    public ulong Multikey { get; private set; }

    public void Add(RawDocument document, long record)
    {
        if (!definition.Holds(document))
            return;
        var flat = KeyBuffer.OfThread();
        if (definition.Keys.TryAppend(flat, document))
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
}
