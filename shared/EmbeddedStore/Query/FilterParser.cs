using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>Reads a query document into nodes.</summary>
internal static class FilterParser
{
    public static Node Parse(RawDocument query) => throw new NotImplementedException();
}
