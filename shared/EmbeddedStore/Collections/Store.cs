using System.Collections.Immutable;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>All collections: readers see what is on disk, writers take turns.</summary>
internal sealed class Store : IDisposable, ICommitMemory
{
    private readonly Dictionary<string, Collection> byName;
    private readonly Dictionary<int, Collection> byId;
    private readonly CommitLine line;
    private readonly StoreWriter writer;
    private volatile ImmutableDictionary<string, Collection> catalog;

    public Store(string path, Journal journal, IEnumerable<Collection> loaded, CommitFaults faults, StoreMetrics metrics, WriteGate writes, Room room)
    {
        byName = loaded.ToDictionary(collection => collection.Namespace, StringComparer.Ordinal);
        byId = byName.Values.ToDictionary(collection => collection.Id);
        catalog = byName.ToImmutableDictionary(StringComparer.Ordinal);
        writer = new StoreWriter(byName, byId, room);
        line = new CommitLine(path, journal, this, faults, metrics, writes, room);
    }

    public object FileGate => line.FileGate;

    public IEnumerable<CollectionView> All => catalog.Values.Select(collection => collection.Published);

    public long DataBytes => All.Sum(view => view.DataBytes);

    public bool Contains(string ns) => catalog.ContainsKey(ns);

    public CollectionView Read(string ns) => catalog.TryGetValue(ns, out var collection) ? collection.Published : CollectionView.Empty(ns);

    public ValueTask<T> WriteAsync<T>(Func<StoreWriter, T> work) => line.WriteAsync(changes => work(writer.For(changes)));

    public void Dispose() => line.Dispose();

    void ICommitMemory.Freeze(CommitGroup group)
    {
        foreach (var id in group.Changes.Select(change => change.Collection).Distinct())
            if (byId.TryGetValue(id, out var collection))
            {
                var view = collection.Freeze();
                group.Publications.Add(() => collection.Publish(view));
            }
        if (group.Changes.Exists(change => change.Kind is ChangeKind.CreateCollection or ChangeKind.DropCollection))
        {
            var names = byName.ToImmutableDictionary(StringComparer.Ordinal);
            group.Publications.Add(() => catalog = names);
        }
    }

    void ICommitMemory.TakeBack(IReadOnlyCollection<Change> changes)
    {
        byName.Clear();
        byId.Clear();
        foreach (var (name, collection) in catalog)
        {
            byName.Add(name, collection);
            byId.Add(collection.Id, collection);
        }
        foreach (var id in changes.Select(change => change.Collection).Distinct())
            byId.GetValueOrDefault(id)?.TakeBack();
    }
}
