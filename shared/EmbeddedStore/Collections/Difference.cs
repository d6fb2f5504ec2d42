using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Collections;

/// <summary>The top-level fields in which two versions of a document differ; where their order differs too, more than these.</summary>
internal sealed class Difference
{
    private readonly List<RawElement> changed = [];
    private ulong mask;

    public void Take(RawDocument before, RawDocument after)
    {
        changed.Clear();
        mask = 0;
        var (old, now) = (before.GetEnumerator(), after.GetEnumerator());
        bool hasOld, hasNow;
        while ((hasOld = old.MoveNext()) & (hasNow = now.MoveNext()) && old.Current.IsNamed(now.Current.NameBytes))
            if (!old.Current.Bytes.SequenceEqual(now.Current.Bytes))
                Add(now.Current);
        for (; hasOld; hasOld = old.MoveNext())
            Add(old.Current);
        for (; hasNow; hasNow = now.MoveNext())
            Add(now.Current);
    }

    public bool Touches(IndexKeys keys)
    {
        if ((mask & keys.Mask) == 0)
            return false;
        foreach (var path in keys.Paths)
            foreach (var element in changed)
                if (element.IsNamed(path[0]))
                    return true;
        return false;
    }

    private void Add(RawElement element)
    {
        changed.Add(element);
        mask |= IndexKeys.MaskOf(element.NameBytes);
    }
}
