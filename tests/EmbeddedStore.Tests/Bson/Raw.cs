using EmbeddedStore.Bson;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace EmbeddedStore.Tests.Bson;

/// <summary>Documents written as the shell writes them, as bytes; and bytes as text that shows every type.</summary>
internal static class Raw
{
    private static readonly JsonWriterSettings Canonical = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };

    public static byte[] Bytes(string shell) => BsonDocument.Parse(shell).ToBson();

    /// <summary>A single value in the shell's notation.</summary>
    public static BsonValueRef Value(string shell) => ((RawDocument)Bytes($"{{ v: {shell} }}")).Find("v");

    public static string Text(ReadOnlyMemory<byte> document) => new RawBsonDocument(document.ToArray()).ToJson(Canonical);

    public static string Text(BsonValueRef value) =>
        value.IsMissing ? "missing" : Text(DocumentWriter.Build(writer => writer.Write("v", value)));

    /// <summary>The same text for a document in the shell's notation.</summary>
    public static string Expected(string shell) => Text(Bytes(shell));
}
