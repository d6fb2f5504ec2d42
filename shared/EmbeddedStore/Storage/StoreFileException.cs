namespace EmbeddedStore.Storage;

/// <summary>The file cannot be opened, read or written; the message says what an operator can do about it.</summary>
public sealed class StoreFileException : IOException
{
    public StoreFileException(string message) : base(message) { }

    public StoreFileException(string message, Exception cause) : base(message, cause) { }

    public StoreFileException() { }
}
