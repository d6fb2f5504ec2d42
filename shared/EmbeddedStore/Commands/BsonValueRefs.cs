using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Commands;

internal static class BsonValueRefs
{
    /// <summary>A document as a value, without copying it.</summary>
    public static BsonValueRef Document(RawDocument document) => new(document.Buffer, document.Offset, document.Length, BsonType.Document);

    public static string NameOfFirst(this RawDocument document)
    {
        foreach (var element in document)
            return element.Name;
        return "";
    }
}
