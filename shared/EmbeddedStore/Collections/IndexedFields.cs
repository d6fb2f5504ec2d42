using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Collections;

/// <summary>The top-level fields of a document that indexes look at, all found in one pass over it.</summary>
internal sealed class IndexedFields
{
    private readonly List<byte[]> names = [];
    private readonly BsonValueRef[] values;
    private readonly ulong mask;

    public IndexedFields(IEnumerable<IndexKeys> keys)
    {
        foreach (var some in keys)
        {
            mask |= some.Mask;
            foreach (var path in some.Paths)
                if (SlotOf(path[0]) < 0)
                    names.Add(path[0].ToArray());
        }
        values = new BsonValueRef[names.Count];
    }

    /// <summary>Of the document read last; missing where it has no such field.</summary>
    public BsonValueRef this[int slot] => values[slot];

    public int[] SlotsOf(IndexKeys keys) => [.. keys.Paths.Select(path => SlotOf(path[0]))];

    public void Read(RawDocument document)
    {
        Array.Fill(values, BsonValueRef.Missing);
        var left = values.Length;
        foreach (var element in document)
        {
            if ((mask & IndexKeys.MaskOf(element.NameBytes)) == 0 || SlotOf(element.NameBytes) is not (>= 0 and var slot) || !values[slot].IsMissing)
                continue;
            values[slot] = element.Value;
            if (--left == 0)
                return;
        }
    }

    private int SlotOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < names.Count; i++)
            if (name.SequenceEqual(names[i]))
                return i;
        return -1;
    }
}
