namespace EmbeddedStore.Storage;

/// <summary>Builds a <see cref="KeyTree"/> from entries that come in order: page behind page, then the branches above them.</summary>
internal sealed class KeyPacker(object owner)
{
    private readonly List<KeyNode> pages = [];
    private readonly int[] ends = new int[KeyLeaf.MostKeys];
    private byte[] bytes = new byte[KeyLeaf.MostBytes];
    private int keys;
    private int used;

    public long Count { get; private set; }

    public void Add(ReadOnlySpan<byte> entry)
    {
        if (keys == KeyLeaf.MostKeys || (keys > 0 && used + entry.Length > KeyLeaf.MostBytes))
            EndPage();
        if (used + entry.Length > bytes.Length)
            Array.Resize(ref bytes, used + entry.Length);
        entry.CopyTo(bytes.AsSpan(used));
        used += entry.Length;
        ends[keys++] = used;
        Count++;
    }

    public KeyNode? Root()
    {
        if (keys > 0)
            EndPage();
        List<KeyNode> level = pages;
        while (level.Count > 1)
            level = [.. level.Chunk(KeyBranch.MostChildren).Select(children => children.Length == 1 ? children[0] : KeyBranch.Of(owner, children))];
        return level.Count == 0 ? null : level[0];
    }

    private void EndPage()
    {
        pages.Add(KeyLeaf.Of(owner, ends.AsSpan(0, keys), bytes.AsSpan(0, used)));
        (keys, used) = (0, 0);
    }
}
