using MongoDB.Bson;

namespace Loyalty.Passes;

/// <summary>New documents of one collection, each with an id that cannot repeat, so that inserting them again is harmless.</summary>
public sealed class Additions<T> : IPassDocuments where T : class
{
    private readonly string collection;
    private readonly List<T> added = [];
    private readonly List<RawBsonDocument> bytes = [];
    private long length;
    private int committed;

    internal Additions(string collection) => this.collection = collection;

    /// <summary>All that the pass has added.</summary>
    public IReadOnlyList<T> All => added;

    /// <summary>What the entry being decided has added so far.</summary>
    public IEnumerable<T> ByEntry => added.Skip(committed);

    public void Add(T document) => added.Add(document);

    string IPassDocuments.Collection => collection;

    long IPassDocuments.Stage()
    {
        while (bytes.Count < added.Count)
        {
            bytes.Add(PassBytes.Of(added[bytes.Count]));
            length += bytes[^1].Slice.Length;
        }
        return length;
    }

    void IPassDocuments.Commit() => committed = added.Count;

    void IPassDocuments.Rollback()
    {
        added.RemoveRange(committed, added.Count - committed);
        for (; bytes.Count > committed; bytes.RemoveAt(bytes.Count - 1))
            length -= bytes[^1].Slice.Length;
    }

    CollectionWrites? IPassDocuments.Writes()
    {
        ((IPassDocuments)this).Stage();
        return added.Count == 0 ? null : new CollectionWrites { Collection = collection, Insertions = [.. bytes] };
    }
}
