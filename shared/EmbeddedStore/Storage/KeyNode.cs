namespace EmbeddedStore.Storage;

/// <summary>A node of a <see cref="KeyTree"/>. Only the writer that owns it may change it; everybody else sees it as it was.</summary>
internal abstract class KeyNode(object owner)
{
    public object Owner { get; } = owner;

    public int Count { get; protected set; }

    public abstract ReadOnlySpan<byte> First { get; }

    /// <summary>Returns this node, or its copy where another writer owns it; <paramref name="split"/> is a new right neighbour.</summary>
    public abstract KeyNode Insert(object writer, ReadOnlySpan<byte> key, out KeyNode? split, out bool added);

    /// <summary>Returns this node, its copy, or null where nothing is left.</summary>
    public abstract KeyNode? Remove(object writer, ReadOnlySpan<byte> key, out bool removed);
}
