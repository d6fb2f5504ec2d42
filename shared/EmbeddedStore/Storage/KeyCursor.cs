namespace EmbeddedStore.Storage;

/// <summary>Walks a <see cref="KeyTreeView"/> in either direction from any key.</summary>
internal sealed class KeyCursor(KeyTreeView view)
{
    private readonly List<(KeyBranch Branch, int At)> path = [];
    private KeyLeaf? leaf;
    private int at;

    public ReadOnlySpan<byte> Current => leaf![at];

    /// <summary>Goes to the first key not below <paramref name="key"/>.</summary>
    public bool Seek(ReadOnlySpan<byte> key)
    {
        path.Clear();
        leaf = null;
        var node = view.Root;
        while (node is KeyBranch branch)
        {
            var child = branch.ChildFor(key);
            path.Add((branch, child));
            node = branch[child];
        }
        if (node is not KeyLeaf found)
            return false;
        leaf = found;
        at = leaf.LowerBound(key);
        return at < leaf.Count || NextLeaf();
    }

    /// <summary>Goes to the last key below <paramref name="key"/>.</summary>
    public bool SeekBefore(ReadOnlySpan<byte> key)
    {
        if (!Seek(key))
            return Last();
        return Previous();
    }

    public bool Last()
    {
        path.Clear();
        return Descend(view.Root, last: true);
    }

    public bool Next() => ++at < leaf!.Count || NextLeaf();

    public bool Previous() => --at >= 0 || PreviousLeaf();

    private bool NextLeaf()
    {
        while (path.Count > 0)
        {
            var (branch, child) = path[^1];
            path.RemoveAt(path.Count - 1);
            if (child + 1 == branch.Count)
                continue;
            path.Add((branch, child + 1));
            return Descend(branch[child + 1], last: false);
        }
        return false;
    }

    private bool PreviousLeaf()
    {
        while (path.Count > 0)
        {
            var (branch, child) = path[^1];
            path.RemoveAt(path.Count - 1);
            if (child == 0)
                continue;
            path.Add((branch, child - 1));
            return Descend(branch[child - 1], last: true);
        }
        return false;
    }

    private bool Descend(KeyNode? node, bool last)
    {
        while (node is KeyBranch branch)
        {
            var child = last ? branch.Count - 1 : 0;
            path.Add((branch, child));
            node = branch[child];
        }
        leaf = node as KeyLeaf;
        at = last && leaf is not null ? leaf.Count - 1 : 0;
        return leaf is not null;
    }
}
