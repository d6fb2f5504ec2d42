using EmbeddedStore.Bson;

namespace EmbeddedStore.Collections;

/// <summary>E11000, with the parts of it that clients look at.</summary>
internal sealed class DuplicateKeyException : Exception
{
    public const int Code = 11000;

    private readonly RawDocument keyPattern;
    private readonly RawDocument keyValue;

    private DuplicateKeyException(string message, RawDocument keyPattern, RawDocument keyValue) : base(message)
    {
        this.keyPattern = keyPattern;
        this.keyValue = keyValue;
    }

    public static DuplicateKeyException Of(string ns, IndexDefinition index, RawDocument document, byte[] key)
    {
        var value = KeyValue.Of(index, document, key);
        return new($"E11000 duplicate key error collection: {ns} index: {index.Name} dup key: {BsonText.Of(value)}", index.KeyPattern, value);
    }

    /// <summary>Writes keyPattern and keyValue beside code and errmsg.</summary>
    public void WriteDetails(DocumentWriter error)
    {
        error.Write("keyPattern", keyPattern);
        error.Write("keyValue", keyValue);
    }
}
