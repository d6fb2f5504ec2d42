namespace Loyalty.Events.Contracts;

/// <summary>A document that only passes write. <c>lastPass</c> makes a repeated write harmless: it replaces only what is older.</summary>
public interface IPassDocument
{
    string Id { get; }

    long LastPass { get; init; }
}

/// <summary>The documents of one collection that a pass has loaded, and how its decisions have changed them.</summary>
/// <param name="groupOf">What documents are also looked up by, such as their account. It must not change.</param>
public sealed class Documents<T>(string collection, Func<T, string>? groupOf = null) : IPassDocuments where T : class, IPassDocument
{
    private readonly Dictionary<string, T?> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (T? Document, bool WasChanged)> beforeEntry = new(StringComparer.Ordinal);

    string IPassDocuments.Collection => collection;

    public IEnumerable<T> All => byId.Values.OfType<T>();

    /// <summary>Says that these ids have been looked up and what was found; the others do not exist.</summary>
    public void Load(IEnumerable<string> ids, IEnumerable<T> found)
    {
        foreach (var id in ids)
            byId.TryAdd(id, null);
        Load(found);
    }

    public void Load(IEnumerable<T> found)
    {
        foreach (var document in found)
            Keep(document);
    }

    public bool Knows(string id) => byId.ContainsKey(id);

    /// <summary>Note: asking for what was not looked up is a fault in the code, never "does not exist".</summary>
    public T? Find(string id) =>
        byId.TryGetValue(id, out var document) ? document : throw new InvalidOperationException($"{collection} {id} was not loaded for this pass.");

    public void Put(T document)
    {
        beforeEntry.TryAdd(document.Id, (byId.GetValueOrDefault(document.Id), changed.Contains(document.Id)));
        Keep(document);
        changed.Add(document.Id);
    }

    /// <summary>The documents that the pass has changed.</summary>
    public IEnumerable<T> Changed => changed.Select(id => byId[id]).OfType<T>();

    /// <summary>The ids of the documents that the entry being decided has changed so far.</summary>
    public IEnumerable<string> ChangedByEntry => beforeEntry.Keys;

    /// <summary>A document as it was before the entry being decided; null if it was not there.</summary>
    public T? BeforeEntry(string id) => beforeEntry.TryGetValue(id, out var before) ? before.Document : Find(id);

    /// <summary>The documents that belong to one group, among those loaded.</summary>
    public IReadOnlyList<T> Of(string group) =>
        groups.TryGetValue(group, out var ids) ? [.. ids.Select(id => byId[id]).OfType<T>()] : [];

    private void Keep(T document)
    {
        if (groupOf is not null && byId.GetValueOrDefault(document.Id) is null)
        {
            if (!groups.TryGetValue(groupOf(document), out var ids))
                groups.Add(groupOf(document), ids = []);
            if (!ids.Contains(document.Id))
                ids.Add(document.Id);
        }
        byId[document.Id] = document;
    }

    void IPassDocuments.Commit() => beforeEntry.Clear();

    void IPassDocuments.Rollback()
    {
        foreach (var (id, before) in beforeEntry)
        {
            byId[id] = before.Document;
            if (!before.WasChanged)
                changed.Remove(id);
        }
        beforeEntry.Clear();
    }

    CollectionWrites? IPassDocuments.Writes(long pass)
    {
        if (changed.Count == 0)
            return null;
        var writes = new CollectionWrites { Collection = collection };
        writes.Replacements.AddRange(changed.Select(id => PassBytes.Of(byId[id]!, pass)));
        return writes;
    }
}

/// <summary>New documents of one collection, each with an id that cannot repeat, so that inserting them again is harmless.</summary>
public sealed class Additions<T>(string collection) : IPassDocuments where T : class
{
    private readonly List<T> added = [];
    private int committed;

    string IPassDocuments.Collection => collection;

    /// <summary>How many the entry being decided has added so far.</summary>
    public int AddedByEntry => added.Count - committed;

    public void Add(T document) => added.Add(document);

    /// <summary>All that the pass has added.</summary>
    public IReadOnlyList<T> All => added;

    void IPassDocuments.Commit() => committed = added.Count;

    void IPassDocuments.Rollback() => added.RemoveRange(committed, added.Count - committed);

    CollectionWrites? IPassDocuments.Writes(long pass)
    {
        if (added.Count == 0)
            return null;
        var writes = new CollectionWrites { Collection = collection };
        writes.Insertions.AddRange(added.Select(document => PassBytes.Of(document)));
        return writes;
    }
}

internal interface IPassDocuments
{
    string Collection { get; }

    void Commit();

    void Rollback();

    CollectionWrites? Writes(long pass);
}
