namespace Loyalty.Passes;

/// <summary>What deciding an entry takes. A handler names it; the engine loads it, for all entries of a pass together.</summary>
public sealed class Needs
{
    private readonly Pass pass;
    private readonly Unit unit;

    internal Needs(Pass pass, Unit unit) => (this.pass, this.unit) = (pass, unit);

    public void Document<T>(string id) where T : class, IPassDocument
    {
        var collection = pass.Collection<T>();
        pass.Documents<T>().Want(id);
        if (unit.Name(collection.Name, id, typeof(T)) && collection.KeepsOrder)
            unit.Keys.Add(Key.Of(collection.Name, id));
    }

    public void Documents<T>(IEnumerable<string> ids) where T : class, IPassDocument
    {
        foreach (var id in ids)
            Document<T>(id);
    }

    /// <summary>All documents of a group with this key.</summary>
    public void Group<T>(DocumentGroup<T> group, string key) where T : class, IPassDocument => pass.Documents<T>().Want(group, key);

    /// <summary>Something that is read only, such as the settings of a tenant.</summary>
    public void Value<T>(string key) where T : class => pass.Values<T>().Want(key);

    /// <summary>What has been loaded so far; null where it has not been loaded yet, or is not there.</summary>
    public T? Find<T>(string id) where T : class, IPassDocument => pass.Documents<T>().IsLoaded(id, out var document) ? document : null;

    public IEnumerable<T> Of<T>(DocumentGroup<T> group, string key) where T : class, IPassDocument => pass.Documents<T>().LoadedOf(group, key);

    /// <summary>The same in every call of this pass, and in no other pass.</summary>
    public string Salt => pass.Salt;
}
