using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Update;

/// <summary>A parsed update: a replacement document, or update operators.</summary>
internal sealed class UpdateSpec
{
    /// <summary>Parses <c>u</c>, with the array of filters for <c>$[name]</c> when there is one.</summary>
    public static UpdateSpec Parse(BsonValueRef update, BsonValueRef arrayFilters = default) => throw new NotImplementedException();

    public bool IsReplacement { get; }

    /// <summary>Applies it. Returns the same memory when nothing changes; <paramref name="filter"/> tells what <c>$</c> stands for.</summary>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> document, Filter filter) => throw new NotImplementedException();

    /// <summary>The document to insert when an upsert finds none: the filter's equalities, then the update. It has no _id when neither gives
    /// one: the caller puts one in front with <see cref="WithId"/>.</summary>
    public byte[] ApplyToNothing(Filter filter) => throw new NotImplementedException();

    /// <summary>The document with its _id in front, a new ObjectId when it has none.</summary>
    public static ReadOnlyMemory<byte> WithId(ReadOnlyMemory<byte> document) => throw new NotImplementedException();
}
