namespace EmbeddedStore.Storage;

/// <summary>
/// From record number to place: a trie whose nodes are copied before they change, like the pages of a <see cref="KeyTree"/>.
/// Record numbers grow, so walking it in order gives the documents in the order in which they were inserted.
/// </summary>
internal sealed class RecordTable
{
    private object writer = new();
    private RecordNode? root;
    private int height;

    public long Count { get; private set; }

    public RecordTableView Current => new(root, height, Count);

    public RecordTableView Freeze()
    {
        writer = new object();
        return Current;
    }

    /// <summary>Forgets whatever was changed since that view was taken.</summary>
    public void TakeBack(RecordTableView view)
    {
        writer = new object();
        (root, height, Count) = (view.Root, view.Height, view.Count);
    }

    public void Set(long record, Place place)
    {
        root ??= new RecordLeaf(writer);
        while (record >> (RecordNode.Bits * (height + 1)) > 0)
        {
            var above = new RecordBranch(writer);
            above.Children[0] = root;
            above.Used = 1;
            (root, height) = (above, height + 1);
        }
        root = Set(root, height, record, place);
    }

    public void Remove(long record)
    {
        if (root is null)
            return;
        root = Set(root, height, record, default);
        if (root.Used == 0)
            (root, height) = (null, 0);
    }

    private RecordNode Set(RecordNode shared, int level, long record, Place place)
    {
        var node = shared.Owner == writer ? shared : shared.Copy(writer);
        var slot = RecordNode.SlotOf(record, level);
        if (node is RecordLeaf leaf)
        {
            var change = (place.IsEmpty ? 0 : 1) - (leaf.Places[slot].IsEmpty ? 0 : 1);
            leaf.Places[slot] = place;
            leaf.Used += change;
            Count += change;
            return leaf;
        }
        var branch = (RecordBranch)node;
        var child = branch.Children[slot];
        if (child is null && place.IsEmpty)
            return branch;
        if (child is null)
            branch.Used++;
        child = Set(child ?? (level == 1 ? new RecordLeaf(writer) : new RecordBranch(writer)), level - 1, record, place);
        if (child.Used == 0)
        {
            branch.Used--;
            child = null;
        }
        branch.Children[slot] = child;
        return branch;
    }
}
