namespace EmbeddedStore.Storage;

/// <summary>
/// An ordered set of byte strings: a B+ tree whose pages are copied before they change, so that a <see cref="KeyTreeView"/>
/// taken at any moment stays as it was while the one writer goes on.
/// </summary>
internal sealed class KeyTree
{
    private KeyNode? root;
    private object writer = new();

    public long Count { get; private set; }

    /// <summary>Fills an empty tree.</summary>
    public void Fill(Action<KeyPacker> add)
    {
        var packer = new KeyPacker(writer);
        add(packer);
        (root, Count) = (packer.Root(), packer.Count);
    }

    public bool Add(ReadOnlySpan<byte> key)
    {
        root ??= new KeyLeaf(writer);
        root = root.Insert(writer, key, out var split, out var added);
        if (split is not null)
            root = new KeyBranch(writer, root, split);
        if (added)
            Count++;
        return added;
    }

    public bool Remove(ReadOnlySpan<byte> key)
    {
        var removed = false;
        root = root?.Remove(writer, key, out removed);
        while (root is KeyBranch { Count: 1 } branch)
            root = branch[0];
        if (removed)
            Count--;
        return removed;
    }

    /// <summary>What the writer itself sees now; valid until its next change.</summary>
    public KeyTreeView Current => new(root, Count);

    /// <summary>What everybody may keep: from here on the writer copies what it changes.</summary>
    public KeyTreeView Freeze()
    {
        writer = new object();
        return new KeyTreeView(root, Count);
    }

    /// <summary>Forgets whatever was changed since that view was taken.</summary>
    public void TakeBack(KeyTreeView view)
    {
        writer = new object();
        (root, Count) = (view.Root, view.Count);
    }
}

internal readonly record struct KeyTreeView(KeyNode? Root, long Count)
{
    /// <summary>Whether any key begins with <paramref name="prefix"/>; the last eight bytes of the first such key are its record.</summary>
    public bool TryFind(ReadOnlySpan<byte> prefix, out long record)
    {
        record = 0;
        var node = Root;
        KeyNode? next = null;
        while (node is KeyBranch branch)
        {
            var child = branch.ChildFor(prefix);
            if (child + 1 < branch.Count)
                next = branch[child + 1];
            node = branch[child];
        }
        if (node is not KeyLeaf leaf)
            return false;
        var at = leaf.LowerBound(prefix);
        if (at == leaf.Count && next is null)
            return false;
        var key = at < leaf.Count ? leaf[at] : next!.First;
        if (!key.StartsWith(prefix))
            return false;
        record = IndexEntry.RecordOf(key);
        return true;
    }
}
