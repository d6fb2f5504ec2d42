using System.Buffers.Binary;
using System.Text;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>
/// A BSON value read where it lies in a buffer; a computed number, date, flag or null is carried inline and needs no buffer.
/// <c>default</c> is the missing value.
/// </summary>
internal readonly struct BsonValueRef
{
    private readonly byte[]? _buffer;
    // Note: offset and length, or the value itself when there is no buffer.
    private readonly long _bits;

    public BsonValueRef(byte[] buffer, int offset, int length, BsonType type)
    {
        _buffer = buffer;
        _bits = ((long)length << 32) | (uint)offset;
        Type = type;
    }

    private BsonValueRef(long bits, BsonType type)
    {
        _bits = bits;
        Type = type;
    }

    public static BsonValueRef Missing => default;

    public static BsonValueRef Null => new(0, BsonType.Null);

    public static BsonValueRef Undefined => new(0, BsonType.Undefined);

    public static BsonValueRef MinKey => new(0, BsonType.MinKey);

    public static BsonValueRef MaxKey => new(0, BsonType.MaxKey);

    public BsonType Type { get; }

    public byte[]? Buffer => _buffer;

    public int Offset => (int)_bits;

    public int Length => _buffer is null ? InlineLength : (int)(_bits >> 32);

    public bool IsMissing => Type == BsonType.EndOfDocument;

    public bool IsNullish => Type is BsonType.EndOfDocument or BsonType.Null or BsonType.Undefined;

    public bool IsArray => Type == BsonType.Array;

    public bool IsDocument => Type == BsonType.Document;

    public bool IsNumber => Type is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128;

    public bool IsString => Type is BsonType.String or BsonType.Symbol;

    private int InlineLength => Type switch
    {
        BsonType.Int32 => 4,
        BsonType.Int64 or BsonType.Double or BsonType.DateTime or BsonType.Timestamp => 8,
        BsonType.Boolean => 1,
        _ => 0,
    };

    public static BsonValueRef From(int value) => new(value, BsonType.Int32);

    public static BsonValueRef From(long value) => new(value, BsonType.Int64);

    public static BsonValueRef From(double value) => new(BitConverter.DoubleToInt64Bits(value), BsonType.Double);

    public static BsonValueRef From(bool value) => new(value ? 1 : 0, BsonType.Boolean);

    public static BsonValueRef FromDate(long millisecondsSinceEpoch) => new(millisecondsSinceEpoch, BsonType.DateTime);

    public static BsonValueRef From(Decimal128 value)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.GetIEEELowBits());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), value.GetIEEEHighBits());
        return new(bytes, 0, 16, BsonType.Decimal128);
    }

    public static BsonValueRef From(string value)
    {
        var count = Encoding.UTF8.GetByteCount(value);
        var bytes = new byte[count + 5];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, count + 1);
        Encoding.UTF8.GetBytes(value, bytes.AsSpan(4));
        return new(bytes, 0, bytes.Length, BsonType.String);
    }

    public static BsonValueRef FromDocument(RawDocument document) =>
        new(document.Buffer, document.Offset, document.Length, BsonType.Document);

    public static BsonValueRef FromArray(RawDocument array) =>
        new(array.Buffer, array.Offset, array.Length, BsonType.Array);

    /// <summary>The value's bytes as BSON lays them out, without type and name.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer is null ? InlineBytes() : _buffer.AsSpan(Offset, Length);

    public int AsInt32 => _buffer is null ? (int)_bits : BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(Offset));

    public long AsInt64 => _buffer is null ? _bits : BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(Offset));

    public double AsDouble => BitConverter.Int64BitsToDouble(AsInt64);

    public bool AsBoolean => _buffer is null ? _bits != 0 : _buffer[Offset] != 0;

    public Decimal128 AsDecimal128
    {
        get
        {
            var bytes = Bytes;
            return Decimal128.FromIEEEBits(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
    }

    /// <summary>The UTF-8 bytes of a string, symbol or code.</summary>
    public ReadOnlySpan<byte> StringBytes => _buffer.AsSpan(Offset + 4, Length - 5);

    public string AsString => Encoding.UTF8.GetString(StringBytes);

    /// <summary>The embedded document, or the array as the document it is laid out as.</summary>
    public RawDocument AsDocument => new(_buffer!, Offset, Length);

    public bool SameBytesAs(BsonValueRef other) => Type == other.Type && Bytes.SequenceEqual(other.Bytes);

    /// <summary>A copy that does not keep the buffer it came from alive.</summary>
    public BsonValueRef Detach() => _buffer is null ? this : new(Bytes.ToArray(), 0, Length, Type);

    public override string ToString() => BsonText.Of(this);

    private byte[] InlineBytes()
    {
        var bytes = new byte[InlineLength];
        if (bytes.Length == 1)
            bytes[0] = (byte)_bits;
        else if (bytes.Length == 4)
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)_bits);
        else if (bytes.Length == 8)
            BinaryPrimitives.WriteInt64LittleEndian(bytes, _bits);
        return bytes;
    }
}
