using EmbeddedStore.Bson;
using EmbeddedStore.Storage;

namespace EmbeddedStore.Collections;

/// <summary>What a writer may do while it holds the write lock.</summary>
internal sealed class StoreWriter(Dictionary<string, Collection> byName, Dictionary<int, Collection> byId, Room room)
{
    private List<Change> changes = [];
    private int lastId = byId.Count == 0 ? 0 : byId.Keys.Max();

    public StoreWriter For(List<Change> group)
    {
        changes = group;
        return this;
    }

    public IEnumerable<Collection> All => byName.Values;

    public Collection? Find(string ns) => byName.GetValueOrDefault(ns);

    /// <summary>The collection, made now if there was none: as MongoDB does at the first insert.</summary>
    public Collection Ensure(string ns)
    {
        if (byName.TryGetValue(ns, out var collection))
            return collection;
        collection = new Collection(++lastId, ns);
        byName.Add(ns, collection);
        byId.Add(collection.Id, collection);
        changes.Add(new(ChangeKind.CreateCollection, collection.Id, Text: ns));
        return collection;
    }

    public void Drop(Collection collection)
    {
        byName.Remove(collection.Namespace);
        byId.Remove(collection.Id);
        changes.Add(new(ChangeKind.DropCollection, collection.Id));
    }

    public void Insert(Collection collection, RawDocument document)
    {
        room.Take(document.Length);
        collection.Insert(document, changes);
    }

    public void Replace(Collection collection, long record, RawDocument document)
    {
        room.Take(document.Length - collection.Read(record).Length);
        collection.Replace(record, document, changes);
    }

    public void Delete(Collection collection, long record) => collection.Delete(record, changes);

    public void AddIndex(Collection collection, IndexDefinition definition) => collection.AddIndex(definition, changes);

    public void DropIndex(Collection collection, string name) => collection.DropIndex(name, changes);
}
