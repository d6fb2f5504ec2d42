namespace EmbeddedStore.Storage;

/// <summary>
/// From record number to place: a trie of 64-way nodes, copied before they change like the pages of a <see cref="KeyTree"/>.
/// Record numbers grow, so walking it in order gives the documents in the order in which they were inserted.
/// </summary>
internal sealed class RecordTable
{
    private const int Bits = 6;
    private const int Width = 1 << Bits;

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

    public void Set(long record, Place place)
    {
        root ??= new RecordNode(writer, leaf: true);
        while (record >> (Bits * (height + 1)) > 0)
        {
            var above = new RecordNode(writer, leaf: false);
            above.Children![0] = root;
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
        var slot = (int)(record >> (Bits * level)) & (Width - 1);
        if (node.Places is { } places)
        {
            var change = (place.IsEmpty ? 0 : 1) - (places[slot].IsEmpty ? 0 : 1);
            places[slot] = place;
            node.Used += change;
            Count += change;
            return node;
        }
        var child = node.Children![slot];
        if (child is null && place.IsEmpty)
            return node;
        if (child is null)
            node.Used++;
        child = Set(child ?? new RecordNode(writer, leaf: level == 1), level - 1, record, place);
        if (child.Used == 0)
        {
            node.Used--;
            child = null;
        }
        node.Children[slot] = child;
        return node;
    }
}

internal sealed class RecordNode
{
    private const int Width = 64;

    public RecordNode(object owner, bool leaf)
    {
        Owner = owner;
        if (leaf)
            Places = new Place[Width];
        else
            Children = new RecordNode?[Width];
    }

    public object Owner { get; }

    public Place[]? Places { get; }

    public RecordNode?[]? Children { get; }

    /// <summary>How many slots are taken.</summary>
    public int Used { get; set; }

    public RecordNode Copy(object writer)
    {
        var copy = new RecordNode(writer, Places is not null) { Used = Used };
        Places?.CopyTo(copy.Places!, 0);
        Children?.CopyTo(copy.Children!, 0);
        return copy;
    }
}
