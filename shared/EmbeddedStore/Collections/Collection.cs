using EmbeddedStore.Bson;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>
/// A collection as the writer holds it. Everything that changes runs in the write lock; readers take <see cref="Published"/>,
/// which is what is on disk.
/// </summary>
internal sealed class Collection(int id, string ns)
{
    private readonly RecordTable records = new();
    private readonly SlabSet slabs = new();
    private readonly List<Index> indexes = [new Index(IndexDefinition.Id)];
    private readonly Difference difference = new();
    private long lastRecord;
    private volatile CollectionView published = CollectionView.Empty(ns);

    public int Id => id;

    public string Namespace => ns;

    public IReadOnlyList<Index> Indexes => indexes;

    public CollectionView Published => published;

    /// <summary>What the writer itself sees, valid until its next change.</summary>
    public CollectionView Current => new(ns, records.Current, [.. indexes.Select(index => index.Current)], slabs.Live);

    public RecordTableView CurrentRecords => records.Current;

    public CollectionView Freeze()
    {
        MoveOutOfSparseSlabs();
        return new(ns, records.Freeze(), [.. indexes.Select(index => index.Freeze())], slabs.Live);
    }

    /// <summary>The writer goes back to what the readers see.</summary>
    public void TakeBack()
    {
        records.TakeBack(published.Records);
        Index[] kept = [.. indexes];
        indexes.Clear();
        foreach (var view in published.Indexes)
        {
            var index = Array.Find(kept, index => index.Definition == view.Definition) ?? new Index(view.Definition);
            index.TakeBack(view);
            indexes.Add(index);
        }
        slabs.Recount(published.Places());
    }

    public void Publish(CollectionView view) => published = view;

    public RawDocument Read(long record) => records.Current[record].Document;

    public void Insert(RawDocument document, List<Change> changes)
    {
        var record = lastRecord + 1;
        var keys = new byte[indexes.Count][][];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = CheckedKeys(indexes[i], document, record);
        lastRecord = record;
        for (var i = 0; i < keys.Length; i++)
            indexes[i].Add(keys[i], record);
        Put(record, document, changes);
    }

    public void Replace(long record, RawDocument document, List<Change> changes)
    {
        var place = records.Current[record];
        var before = place.Document;
        difference.Take(before, document);
        var keys = new (byte[][] Old, byte[][] New)[indexes.Count];
        for (var i = 0; i < keys.Length; i++)
            if (indexes[i].MayChange(difference))
                keys[i] = (indexes[i].KeysOf(before), CheckedKeys(indexes[i], document, record));
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Old is null || SameKeys(keys[i].Old, keys[i].New))
                continue;
            indexes[i].Remove(keys[i].Old, record);
            indexes[i].Add(keys[i].New, record);
        }
        slabs.Forget(place);
        Put(record, document, changes);
    }

    public void Delete(long record, List<Change> changes)
    {
        var place = records.Current[record];
        foreach (var index in indexes)
            index.Remove(index.KeysOf(place.Document), record);
        records.Remove(record);
        slabs.Forget(place);
        changes.Add(new(ChangeKind.Delete, id, record));
    }

    public void AddIndex(IndexDefinition definition, List<Change> changes)
    {
        indexes.Add(Built(definition));
        changes.Add(new(ChangeKind.PutIndex, id, 0, definition.Spec, definition.Name));
    }

    public void DropIndex(string name, List<Change> changes)
    {
        indexes.RemoveAll(index => index.Definition.Name == name);
        changes.Add(new(ChangeKind.DropIndex, id, 0, default, name));
    }

    /// <summary>
    /// What puts the segments of an empty collection together: parts that may run at the same time.
    /// </summary>
    public IEnumerable<Action> Adopting(IReadOnlyList<IndexDefinition> definitions, IReadOnlyList<Segment> segments)
    {
        indexes.Clear();
        indexes.AddRange(definitions.Select(definition => new Index(definition)));
        yield return () =>
        {
            foreach (var segment in segments)
            {
                slabs.Adopt(segment.Slabs);
                foreach (var (record, place) in segment.Places)
                    records.Set(record, place);
                if (segment.Places.Count > 0)
                    lastRecord = segment.Places[^1].Record;
            }
        };
        for (var i = 0; i < definitions.Count; i++)
        {
            var at = i;
            yield return () => Fill(indexes[at], segments.Select(segment => segment.Entries.RunOf(at)), segments.Aggregate(0ul, (fields, segment) => fields | segment.Entries.MultikeyOf(at)),
                record => segments.SelectMany(segment => segment.Places).First(entry => entry.Record == record).Place.Document);
        }
    }

    private Index Built(IndexDefinition definition)
    {
        var index = new Index(definition);
        var entries = new IndexEntries([definition]);
        foreach (var (record, document) in new CollectionView(ns, records.Current, [], 0).Documents())
            entries.Add(document, record);
        entries.Sort();
        Fill(index, [entries.RunOf(0)], entries.MultikeyOf(0), Read);
        return index;
    }

    private void Fill(Index index, IEnumerable<KeyRun> runs, ulong multikey, Func<long, RawDocument> read)
    {
        KeyRun[] sorted = [.. runs];
        if (index.Fill(sorted, multikey) is { } conflict)
            throw DuplicateKeyException.Of(ns, index.Definition, read(conflict.Record), conflict.Key);
        Array.ForEach(sorted, run => run.Free());
    }

    private byte[][] CheckedKeys(Index index, RawDocument document, long record)
    {
        var keys = index.KeysOf(document);
        if (index.Conflict(keys, record) is { } key)
            throw DuplicateKeyException.Of(ns, index.Definition, document, key);
        return keys;
    }

    private void Put(long record, RawDocument document, List<Change> changes)
    {
        var place = slabs.Append(record, document.Bytes);
        records.Set(record, place);
        changes.Add(new(ChangeKind.Put, id, record, place.Document));
    }

    private void MoveOutOfSparseSlabs()
    {
        while (slabs.TakeSparse() is { } slab)
        {
            if (slab.Live == 0)
                continue;
            foreach (var (record, place) in slab.Entries())
                if (records.Current[record] == place)
                {
                    records.Set(record, slabs.Append(record, place.Document.Bytes));
                    slabs.Moved(place);
                }
        }
    }

    private static bool SameKeys(byte[][] left, byte[][] right)
    {
        if (left.Length != right.Length)
            return false;
        for (var i = 0; i < left.Length; i++)
            if (!left[i].AsSpan().SequenceEqual(right[i]))
                return false;
        return true;
    }
}
