namespace Loyalty.Passes;

/// <summary>
/// Ids of entries. Callers, requests and the application choose ids in name spaces that differ in their first character, so that no id
/// of one can ever be an id of another: callers' ids consist of letters, digits and <c>. _ : -</c> only.
/// </summary>
public static class EntryId
{
    private const char InternalMark = '~';
    private const char RequestMark = '@';

    /// <summary>The document's id. Note: a hash, because a caller may have put a name into the event id.</summary>
    public static string Of(string tenant, string eventId) => Key.Of(tenant, CauseId.Of(eventId));

    /// <summary>An id of the application itself.</summary>
    public static string Internal(string kind, string cause) => $"{InternalMark}{kind}:{CauseId.Of(cause)}";

    /// <summary>The id of an item of a request that named none.</summary>
    public static string OfRequest(string request, int index) => $"{RequestMark}{request}:{index}";

    /// <summary>Whether the id is one that <see cref="OfRequest"/> made.</summary>
    public static bool IsOfRequest(string eventId) => eventId is [RequestMark, ..];
}
