namespace Loyalty.Passes.Loading;

/// <summary>Documents by id and by group, with what is known to be absent.</summary>
internal sealed class DocumentIndex<T>(PassCollection<T> collection) where T : class, IPassDocument
{
    private readonly Dictionary<string, T?> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<DocumentGroup<T>, GroupIndex> groups = collection.Groups.ToDictionary(group => group, _ => new GroupIndex());

    public int Count => byId.Count;

    public IEnumerable<T> All => byId.Values.OfType<T>();

    /// <summary>Whether it is known if the document exists.</summary>
    public bool Knows(string id) => byId.ContainsKey(id);

    public bool Knows(DocumentGroup<T> group, string key) => groups[group].Complete.Contains(key);

    public T? Find(string id) => byId.GetValueOrDefault(id);

    public IEnumerable<T> Of(DocumentGroup<T> group, string key) =>
        groups[group].Ids.TryGetValue(key, out var ids) ? ids.Select(id => byId[id]).OfType<T>() : [];

    /// <summary>All documents of the group with this key have been put.</summary>
    public void Complete(DocumentGroup<T> group, string key) => groups[group].Complete.Add(key);

    /// <param name="document">Null: there is none.</param>
    public void Put(string id, T? document)
    {
        var before = byId.GetValueOrDefault(id);
        byId[id] = document;
        foreach (var (group, index) in groups)
        {
            if (before is not null)
                foreach (var key in group.KeysOf(before))
                    if (index.Ids.TryGetValue(key, out var ids) && ids.Remove(id) && ids.Count == 0)
                        index.Ids.Remove(key);
            if (document is not null)
                foreach (var key in group.KeysOf(document))
                {
                    if (!index.Ids.TryGetValue(key, out var ids))
                        index.Ids.Add(key, ids = new(StringComparer.Ordinal));
                    ids.Add(id);
                }
        }
    }

    public void Clear()
    {
        byId.Clear();
        foreach (var index in groups.Values)
        {
            index.Ids.Clear();
            index.Complete.Clear();
        }
    }

    private sealed class GroupIndex
    {
        public Dictionary<string, HashSet<string>> Ids { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Complete { get; } = new(StringComparer.Ordinal);
    }
}
