namespace EmbeddedStore.Storage;

/// <summary>
/// The store takes no writes at the moment, or never again: no fault of the command. The code is MongoDB's, so that clients can tell it
/// from a refusal.
/// </summary>
internal sealed class OutageException(int code, string codeName, string message, Exception? cause = null) : IOException(message, cause)
{
    public int Code { get; } = code;

    public string CodeName { get; } = codeName;

    public static OutageException NoRoom(string message, Exception? cause = null) => new(14031, "OutOfDiskSpace", message, cause);

    public static OutageException NotWritable(string message, Exception cause) => new(39, "FileStreamFailed", message, cause);

    public static OutageException TooLarge(string message) => new(146, "ExceededMemoryLimit", message);

    public static OutageException Failed(string message, Exception cause) => new(91, "ShutdownInProgress", message, cause);
}
