using System.Diagnostics.CodeAnalysis;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Loyalty.Passes;

/// <summary>The documents of one collection that a pass has loaded, and how its decisions have changed them.</summary>
public sealed class Documents<T> : IPassDocuments where T : class, IPassDocument
{
    private static readonly IBsonSerializer<T> Serializer = BsonSerializer.LookupSerializer<T>();

    private readonly PassCollection<T> collection;
    private readonly long pass;
    private readonly DocumentIndex<T>? memory;
    private readonly DocumentIndex<T> index;
    private readonly HashSet<string> wantedIds = new(StringComparer.Ordinal);
    private readonly Dictionary<DocumentGroup<T>, HashSet<string>> wantedKeys = [];
    private readonly Dictionary<string, Exception> unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (T? Document, bool WasChanged)> beforeEntry = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RawBsonDocument> bytes = new(StringComparer.Ordinal);
    private long length;

    internal Documents(PassCollection<T> collection, long pass, DocumentIndex<T>? memory)
    {
        (this.collection, this.pass, this.memory) = (collection, pass, memory);
        index = new DocumentIndex<T>(collection);
    }

    /// <summary>Rises with every change of a document.</summary>
    public int Revision { get; private set; }

    /// <summary>The documents that the pass has changed.</summary>
    public IEnumerable<T> Changed => changed.Keys.Select(index.Find).OfType<T>();

    /// <summary>The ids of the documents that the entry being decided has changed so far.</summary>
    public IEnumerable<string> ChangedByEntry => beforeEntry.Keys;

    /// <summary>All that the pass has loaded or made.</summary>
    public IEnumerable<T> Loaded => index.All;

    /// <summary>Null: there is no such document. Asking for one that no handler has named puts the entry into the next pass.</summary>
    public T? Find(string id) =>
        unreadable.TryGetValue(id, out var error) ? throw new UnreadableDocumentException(collection.Name, id, error)
        : index.Knows(id) ? index.Find(id)
        : throw new NotLoadedException($"{collection.Name} {id}");

    /// <summary>The document if it is loaded; null where it is not, or is not there.</summary>
    public T? Peek(string id) => index.Find(id);

    /// <summary>The documents of a group as they are now, also those that the pass has made.</summary>
    public IReadOnlyList<T> Of(DocumentGroup<T> group, string key) =>
        unreadable.TryGetValue(GroupKey(key), out var error) ? throw new UnreadableDocumentException(collection.Name, key, error)
        : index.Knows(group, key) ? [.. index.Of(group, key)]
        : throw new NotLoadedException($"{collection.Name} of {key}");

    /// <summary>A document as it was before the entry being decided; null if it was not there.</summary>
    public T? BeforeEntry(string id) => beforeEntry.TryGetValue(id, out var before) ? before.Document : index.Find(id);

    public void Put(T document)
    {
        beforeEntry.TryAdd(document.Id, (index.Find(document.Id), changed.ContainsKey(document.Id)));
        index.Put(document.Id, document);
        changed[document.Id] = ++Revision;
        DropBytes(document.Id);
    }

    /// <summary>Takes documents that have been read in another way than by what handlers need. Those that the pass knows stay as they are.</summary>
    public void Load(IEnumerable<T> found)
    {
        foreach (var document in found)
            if (!index.Knows(document.Id))
                index.Put(document.Id, document);
    }

    internal bool IsLoaded(string id, [NotNullWhen(true)] out T? document)
    {
        document = index.Find(id);
        return document is not null;
    }

    internal IEnumerable<T> LoadedOf(DocumentGroup<T> group, string key) => index.Of(group, key);

    internal void Want(string id)
    {
        if (index.Knows(id) || unreadable.ContainsKey(id))
            return;
        if (memory?.Knows(id) == true)
            index.Put(id, memory.Find(id));
        else
            wantedIds.Add(id);
    }

    internal void Want(DocumentGroup<T> group, string key)
    {
        if (index.Knows(group, key))
            return;
        if (memory?.Knows(group, key) == true)
        {
            Complete(group, key, memory.Of(group, key));
            return;
        }
        if (!wantedKeys.TryGetValue(group, out var keys))
            wantedKeys.Add(group, keys = new(StringComparer.Ordinal));
        keys.Add(key);
    }

    string IPassDocuments.Collection => collection.Name;

    async Task<bool> IPassDocuments.LoadAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        if (wantedIds.Count == 0 && wantedKeys.Count == 0)
            return false;
        var source = database.GetCollection<RawBsonDocument>(collection.Name);
        string[] ids = [.. wantedIds];
        var groups = wantedKeys.Select(wanted => (Group: wanted.Key, Keys: wanted.Value.ToArray())).ToArray();
        wantedIds.Clear();
        wantedKeys.Clear();
        var byIds = ids.Length == 0 ? null : FindAsync(source, new BsonDocument("_id", new BsonDocument("$in", new BsonArray(ids))), cancellationToken);
        var byGroup = groups.Select(wanted => FindAsync(source, wanted.Group.Filter(wanted.Keys), cancellationToken)).ToArray();
        if (byIds is not null)
            Take(await byIds, null);
        foreach (var id in ids.Where(id => !index.Knows(id)))
            Remember(id, null);
        for (var i = 0; i < groups.Length; i++)
        {
            Take(await byGroup[i], groups[i].Group);
            foreach (var key in groups[i].Keys)
            {
                index.Complete(groups[i].Group, key);
                memory?.Complete(groups[i].Group, key);
            }
        }
        return true;
    }

    /// <summary>Note: one document after another, so that one that cannot be read concerns only those who need it.</summary>
    private void Take(List<RawBsonDocument> found, DocumentGroup<T>? group)
    {
        foreach (var raw in found)
            using (raw)
            {
                var id = raw["_id"].AsString;
                if (changed.ContainsKey(id))
                    continue;
                try
                {
                    Remember(id, Read(raw));
                }
                catch (Exception error)
                {
                    unreadable[id] = error;
                    if (group?.KeyOf(raw) is { } key)
                        unreadable[GroupKey(key)] = error;
                }
            }
    }

    private void Remember(string id, T? document)
    {
        index.Put(id, document);
        memory?.Put(id, document);
    }

    private void Complete(DocumentGroup<T> group, string key, IEnumerable<T> documents)
    {
        foreach (var document in documents.ToArray())
            if (!changed.ContainsKey(document.Id))
                index.Put(document.Id, document);
        index.Complete(group, key);
    }

    private static T Read(RawBsonDocument raw)
    {
        using var stream = new ByteBufferStream(raw.Slice);
        using var reader = new BsonBinaryReader(stream);
        return Serializer.Deserialize(BsonDeserializationContext.CreateRoot(reader));
    }

    /// <summary>Note: a large batch, because a pass would pay a second round trip for the rest.</summary>
    private static Task<List<RawBsonDocument>> FindAsync(IMongoCollection<RawBsonDocument> source, BsonDocument filter, CancellationToken cancellationToken) =>
        source.Find(filter, new FindOptions { BatchSize = 10_000 }).ToListAsync(cancellationToken);

    private static string GroupKey(string key) => $"group {key}";

    long IPassDocuments.Stage()
    {
        if (collection.IsShared)
            return 0;
        foreach (var id in beforeEntry.Keys)
            _ = BytesOf(id);
        return length;
    }

    void IPassDocuments.Commit() => beforeEntry.Clear();

    void IPassDocuments.Rollback()
    {
        foreach (var (id, before) in beforeEntry)
        {
            index.Put(id, before.Document);
            DropBytes(id);
            Revision++;
            if (!before.WasChanged)
                changed.Remove(id);
        }
        beforeEntry.Clear();
    }

    CollectionWrites? IPassDocuments.Writes()
    {
        if (changed.Count == 0)
            return null;
        var writes = new CollectionWrites { Collection = collection.Name };
        writes.Replacements.AddRange(changed.Keys.Select(BytesOf));
        return writes;
    }

    void IPassDocuments.Remember()
    {
        if (memory is null)
            return;
        foreach (var id in changed.Keys)
            memory.Put(id, index.Find(id));
        if (memory.Count > collection.Remembered)
            memory.Clear();
    }

    private RawBsonDocument BytesOf(string id)
    {
        if (!bytes.TryGetValue(id, out var made))
        {
            bytes.Add(id, made = PassBytes.Of(index.Find(id)!, pass));
            length += made.Slice.Length;
        }
        return made;
    }

    private void DropBytes(string id)
    {
        if (bytes.Remove(id, out var dropped))
            length -= dropped.Slice.Length;
    }
}
