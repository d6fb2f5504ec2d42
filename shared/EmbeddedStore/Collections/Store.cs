using System.Collections.Immutable;
using EmbeddedStore.Storage;
using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Collections;

/// <summary>All collections: readers see what is on disk, writers take turns.</summary>
internal sealed class Store : IDisposable
{
    private readonly Dictionary<string, Collection> byName;
    private readonly Dictionary<int, Collection> byId;
    private readonly CommitLine line;
    private readonly StoreWriter writer;
    private volatile ImmutableDictionary<string, Collection> catalog;

    public Store(string path, Journal journal, IEnumerable<Collection> loaded, CommitFaults faults, StoreMetrics metrics, ILogger logger)
    {
        byName = loaded.ToDictionary(collection => collection.Namespace, StringComparer.Ordinal);
        byId = byName.Values.ToDictionary(collection => collection.Id);
        catalog = byName.ToImmutableDictionary(StringComparer.Ordinal);
        line = new CommitLine(path, journal, faults, metrics, logger, Freeze);
        writer = new StoreWriter(byName, byId);
    }

    public object FileGate => line.FileGate;

    public IEnumerable<CollectionView> All => catalog.Values.Select(collection => collection.Published);

    public long DataBytes => All.Sum(view => view.DataBytes);

    public bool Contains(string ns) => catalog.ContainsKey(ns);

    public CollectionView Read(string ns) => catalog.TryGetValue(ns, out var collection) ? collection.Published : CollectionView.Empty(ns);

    public ValueTask<T> WriteAsync<T>(Func<StoreWriter, T> work) => line.WriteAsync(changes => work(writer.For(changes)));

    public void Dispose() => line.Dispose();

    private void Freeze(CommitGroup group)
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
}
