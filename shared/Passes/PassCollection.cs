namespace Loyalty.Passes;

/// <summary>How passes treat the documents of one collection.</summary>
public sealed class PassCollection<T>(string name) : IPassCollection where T : class, IPassDocument
{
    public string Name => name;

    /// <summary>Entries that need the same document are decided in order; behind one that is parked the others wait.</summary>
    public bool KeepsOrder { get; init; }

    /// <summary>Many entries of a pass change the same document, so it becomes bytes once, at the end of the pass.</summary>
    public bool IsShared { get; init; }

    /// <summary>How many documents the deciding host remembers from pass to pass; 0: none, and it reads them anew each time.</summary>
    public int Remembered { get; init; }

    public IReadOnlyList<DocumentGroup<T>> Groups { get; init; } = [];

    IPassDocuments IPassCollection.Open(long pass, PassMemories memories) => new Documents<T>(this, pass, Remembered > 0 ? memories.Of(this) : null);
}

internal interface IPassCollection
{
    string Name { get; }

    IPassDocuments Open(long pass, PassMemories memories);
}
