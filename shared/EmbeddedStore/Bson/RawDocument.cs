using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>A BSON document (or array) read where it lies.</summary>
internal readonly struct RawDocument(byte[] buffer, int offset, int length)
{
    private static readonly byte[] EmptyBytes = [5, 0, 0, 0, 0];

    public static RawDocument Empty => new(EmptyBytes, 0, 5);

    public byte[] Buffer => buffer;

    public int Offset => offset;

    public int Length => length;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(offset, length);

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(offset, length);

    public bool IsEmpty => length <= 5;

    public static implicit operator RawDocument(byte[] bytes) => new(bytes, 0, bytes.Length);

    public static implicit operator RawDocument(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment)
            ? new RawDocument(segment.Array!, segment.Offset, segment.Count)
            : (RawDocument)memory.ToArray();

    /// <summary>The value of a top-level field; missing when there is none.</summary>
    public BsonValueRef Find(ReadOnlySpan<byte> name)
    {
        foreach (var element in this)
            if (element.IsNamed(name))
                return element.Value;
        return BsonValueRef.Missing;
    }

    public BsonValueRef Find(string name)
    {
        Span<byte> utf8 = stackalloc byte[128];
        return Encoding.UTF8.TryGetBytes(name, utf8, out var count) ? Find(utf8[..count]) : Find(Encoding.UTF8.GetBytes(name));
    }

    public BsonValueRef At(int index)
    {
        foreach (var element in this)
            if (index-- == 0)
                return element.Value;
        return BsonValueRef.Missing;
    }

    public int Count()
    {
        var count = 0;
        foreach (var _ in this)
            count++;
        return count;
    }

    /// <summary>The document itself, when it is whole and nested no deeper than that: what parsers that go down with it ask first.</summary>
    public RawDocument RequireDepth(int levels)
    {
        if (levels == 0)
            throw new CommandException(15, "Overflow", "BSONObj exceeded maximum nested object depth");
        foreach (var element in this)
            if (element.Value.IsDocument || element.Value.IsArray)
                element.Value.AsDocument.RequireDepth(levels - 1);
        return this;
    }

    public byte[] ToArray() => offset == 0 && length == buffer.Length ? buffer : Bytes.ToArray();

    public Enumerator GetEnumerator() => new(buffer, offset + 4, offset + length - 1);

    public override string ToString() => BsonText.Of(this);

    internal struct Enumerator(byte[] buffer, int position, int end)
    {
        private int _position = position;

        public RawElement Current { get; private set; }

        public bool MoveNext()
        {
            if (_position >= end)
                return false;
            var start = _position;
            var type = (BsonType)buffer[start];
            var nameLength = buffer.AsSpan(start + 1, end - start - 1).IndexOf((byte)0);
            if (nameLength < 0)
                throw Torn();
            var valueStart = start + nameLength + 2;
            var valueLength = SizeOf(type, valueStart);
            if (valueLength < 0 || valueLength > end - valueStart)
                throw Torn();
            Current = new(buffer, start, nameLength, new(buffer, valueStart, valueLength, type));
            _position = valueStart + valueLength;
            return true;
        }

        private readonly int SizeOf(BsonType type, int at)
        {
            switch (type)
            {
                case BsonType.Null or BsonType.Undefined or BsonType.MinKey or BsonType.MaxKey:
                    return 0;
                case BsonType.Boolean:
                    return 1;
                case BsonType.Int32:
                    return 4;
                case BsonType.Double or BsonType.Int64 or BsonType.DateTime or BsonType.Timestamp:
                    return 8;
                case BsonType.ObjectId:
                    return 12;
                case BsonType.Decimal128:
                    return 16;
                case BsonType.String or BsonType.Symbol or BsonType.JavaScript:
                    return Prefix(at, atLeast: 1) + 4;
                case BsonType.Document or BsonType.Array or BsonType.JavaScriptWithScope:
                    return Prefix(at, atLeast: 5);
                case BsonType.Binary:
                    return Prefix(at, atLeast: 0) + 5;
                case (BsonType)0x0C:
                    return Prefix(at, atLeast: 1) + 16;
                case BsonType.RegularExpression:
                    var pattern = Text(at);
                    return pattern + Text(at + pattern);
                default:
                    throw CommandException.InvalidBson($"Unrecognized BSON type {(int)type}");
            }
        }

        private readonly int Prefix(int at, int atLeast)
        {
            var length = at + 4 <= end ? BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)) : -1;
            return length >= atLeast && length <= end - at ? length : throw Torn();
        }

        private readonly int Text(int at) =>
            buffer.AsSpan(at, end - at).IndexOf((byte)0) is >= 0 and var length ? length + 1 : throw Torn();

        private static CommandException Torn() => CommandException.InvalidBson("a field reaches beyond the end of its document");
    }
}
