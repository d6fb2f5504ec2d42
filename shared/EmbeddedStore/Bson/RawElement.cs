using System.Text;

namespace EmbeddedStore.Bson;

/// <summary>One field of a document, or one item of an array (whose name is its index).</summary>
internal readonly struct RawElement(byte[] buffer, int start, int nameLength, BsonValueRef value)
{
    public BsonValueRef Value => value;

    public ReadOnlySpan<byte> NameBytes => buffer.AsSpan(start + 1, nameLength);

    public string Name => Encoding.UTF8.GetString(NameBytes);

    /// <summary>Type, name and value as they lie in the document: what a copy of the field needs.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(start, nameLength + 2 + value.Length);

    public bool IsNamed(ReadOnlySpan<byte> name) => NameBytes.SequenceEqual(name);
}
