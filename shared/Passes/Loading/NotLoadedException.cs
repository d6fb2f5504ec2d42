namespace Loyalty.Passes.Loading;

/// <summary>
/// A decision asks for something that has not been loaded: an earlier entry of the same pass has led to it. The entry is decided in the
/// next pass. If it happens again there, its handler does not name what it needs.
/// </summary>
internal sealed class NotLoadedException(string what) : Exception($"{what} was not loaded for this pass: the handler must name it in Needs.");

/// <summary>A stored document cannot be read. Only entries that need it fail.</summary>
internal sealed class UnreadableDocumentException(string collection, string id, Exception cause)
    : Exception($"{collection} {id} cannot be read: {cause.Message}", cause);
