namespace EmbeddedStore.Storage;

/// <summary>The slabs of one collection: appends to the newest, and empties those that are mostly waste.</summary>
internal sealed class SlabSet
{
    private readonly HashSet<Slab> sparse = [];
    private Slab current = new(4096);
    private int next = 16384;

    public long Bytes { get; private set; } = 4096;

    public long Live { get; private set; }

    public Place Append(long record, ReadOnlySpan<byte> document)
    {
        if (!current.HasRoomFor(document.Length))
            Grow(document.Length);
        Live += Slab.SpaceFor(document.Length);
        return current.Append(record, document);
    }

    public void Forget(Place place)
    {
        var length = place.Document.Length;
        place.Slab!.Forget(length);
        Live -= Slab.SpaceFor(length);
        if (place.Slab != current && place.Slab.Live * 2 < place.Slab.Capacity)
            sparse.Add(place.Slab);
    }

    /// <summary>A document was appended anew: what lies at its old place no longer counts.</summary>
    public void Moved(Place old) => Live -= Slab.SpaceFor(old.Document.Length);

    /// <summary>A slab that is less than half used, if there is one; its current documents are to be appended anew.</summary>
    public Slab? TakeSparse()
    {
        foreach (var slab in sparse)
        {
            sparse.Remove(slab);
            Bytes -= slab.Capacity;
            return slab;
        }
        return null;
    }

    // Note: a small collection gets small slabs, so that a hundred empty ones cost nothing.
    private void Grow(int length)
    {
        if (current.Live * 2 < current.Capacity)
            sparse.Add(current);
        current = new Slab(Math.Max(next, Slab.SpaceFor(length)));
        Bytes += current.Capacity;
        next = Math.Min(next * 2, Slab.Size);
    }
}
