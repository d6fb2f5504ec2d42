namespace Loyalty.Passes.Deciding;

/// <summary>What is decided, kept or taken back as a whole: an entry, or one item of a chain's step.</summary>
internal sealed class Unit(Entry entry, ChainItem? item = null)
{
    private readonly HashSet<(string Collection, string Id)> known = [];
    private readonly List<(Type Type, string Id)> named = [];

    public Entry Entry => entry;

    /// <summary>The item, where this is part of a chain's step.</summary>
    public ChainItem? Item => item;

    /// <summary>What it shares with others that have to be decided before or after it.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The documents it has named, in order; it may grow while it is being read.</summary>
    public IReadOnlyList<(Type Type, string Id)> Named => named;

    /// <summary>False: it was named before.</summary>
    public bool Name(string collection, string id, Type type)
    {
        if (!known.Add((collection, id)))
            return false;
        named.Add((type, id));
        return true;
    }
}
