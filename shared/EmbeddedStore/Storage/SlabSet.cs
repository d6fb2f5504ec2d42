namespace EmbeddedStore.Storage;

/// <summary>The slabs of one collection: appends to the newest, and empties those that are mostly waste.</summary>
/// <param name="fillsWhole">Whether all of a slab will be written at once: so its memory is asked for at once, too.</param>
internal sealed class SlabSet(bool fillsWhole = false)
{
    private readonly HashSet<Slab> sparse = [];
    private Slab current = new(4096);
    private int next = 16384;

    public long Live { get; private set; }

    public Place Append(long record, ReadOnlySpan<byte> document)
    {
        if (!current.HasRoomFor(document.Length))
            Grow(document.Length);
        Live += Slab.SpaceFor(document.Length);
        return current.Append(record, document);
    }

    /// <summary>Takes over slabs that were filled elsewhere.</summary>
    public void Adopt(SlabSet other) => Live += other.Live;

    public void Forget(Place place)
    {
        var length = place.Document.Length;
        place.Slab!.Forget(length);
        Live -= Slab.SpaceFor(length);
        if (place.Slab != current && place.Slab.Live * 2 < place.Slab.Capacity)
            sparse.Add(place.Slab);
    }

    /// <summary>Takes these places, and no others, for those of current documents.</summary>
    public void Recount(IEnumerable<Place> places)
    {
        var slabs = new HashSet<Slab> { current };
        current.ForgetAll();
        Live = 0;
        foreach (var place in places)
        {
            if (slabs.Add(place.Slab!))
                place.Slab!.ForgetAll();
            var length = place.Document.Length;
            place.Slab!.Count(length);
            Live += Slab.SpaceFor(length);
        }
        sparse.Clear();
        sparse.UnionWith(slabs.Where(slab => slab != current && slab.Live * 2 < slab.Capacity));
    }

    /// <summary>A document was appended anew: what lies at its old place no longer counts.</summary>
    public void Moved(Place old) => Live -= Slab.SpaceFor(old.Document.Length);

    /// <summary>A slab that is less than half used, if there is one; its current documents are to be appended anew.</summary>
    public Slab? TakeSparse()
    {
        foreach (var slab in sparse)
        {
            sparse.Remove(slab);
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
        if (fillsWhole)
            current.Populate();
        next = Math.Min(next * 2, Slab.Size);
    }
}
