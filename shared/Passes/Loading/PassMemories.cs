using System.Collections.Concurrent;

namespace Loyalty.Passes.Loading;

/// <summary>
/// What the deciding host remembers from pass to pass. Only passes change these documents and only one host decides, so what the last
/// pass has left is what the next would read.
/// </summary>
internal sealed class PassMemories
{
    private readonly ConcurrentDictionary<IPassCollection, Action> forget = new();
    private readonly ConcurrentDictionary<IPassCollection, object> memories = new();

    public DocumentIndex<T> Of<T>(PassCollection<T> collection) where T : class, IPassDocument => (DocumentIndex<T>)memories.GetOrAdd(collection, _ =>
    {
        var memory = new DocumentIndex<T>(collection);
        forget[collection] = memory.Clear;
        return memory;
    });

    /// <summary>Another host may have decided since.</summary>
    public void Forget()
    {
        foreach (var clear in forget.Values)
            clear();
    }
}
