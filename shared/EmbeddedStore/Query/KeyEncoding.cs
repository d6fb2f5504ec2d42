using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>
/// Values as bytes whose memcmp order is <see cref="BsonOrder"/>. Each value is self-delimiting, so that several stand behind one another in a
/// compound key. Nothing is lost for comparison; lost for reading is only which number type (or symbol) a value had.
/// </summary>
internal static class KeyEncoding
{
    private const byte Exact = 0;
    private const byte Beyond = 1;

    public static byte TypeByte(BsonType type) => (byte)BsonTypes.RankOf(type);

    public static byte[] Encode(BsonValueRef value)
    {
        var key = KeyBuffer.OfThread();
        Append(key, value);
        return key.ToArray();
    }

    public static void Append(KeyBuffer key, BsonValueRef value)
    {
        key.Add(TypeByte(value.Type));
        AppendBody(key, value);
    }

    private static void AppendBody(KeyBuffer key, BsonValueRef value)
    {
        switch (value.Type)
        {
            case BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128:
                AppendNumber(key, value);
                break;
            case BsonType.String or BsonType.Symbol or BsonType.JavaScript:
                AppendText(key, value.StringBytes);
                break;
            case BsonType.Document:
                AppendFields(key, value.AsDocument, withNames: true);
                break;
            case BsonType.Array:
                AppendFields(key, value.AsDocument, withNames: false);
                break;
            case BsonType.Boolean:
                key.Add(value.AsBoolean ? (byte)1 : (byte)0);
                break;
            case BsonType.DateTime:
                key.AddBigEndian((ulong)value.AsInt64 ^ (1UL << 63));
                break;
            case BsonType.Timestamp:
                key.AddBigEndian((ulong)value.AsInt64);
                break;
            case BsonType.Binary:
                var bytes = value.Bytes;
                Span<byte> length = stackalloc byte[4];
                BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length - 5);
                key.Add(length);
                key.Add(bytes[4..]);
                break;
            case BsonType.ObjectId:
                key.Add(value.Bytes);
                break;
            case BsonType.RegularExpression or BsonType.JavaScriptWithScope or (BsonType)0x0C:
                AppendText(key, value.Bytes);
                break;
        }
    }

    private static void AppendFields(KeyBuffer key, RawDocument document, bool withNames)
    {
        foreach (var element in document)
        {
            key.Add(TypeByte(element.Value.Type));
            if (withNames)
            {
                key.Add(element.NameBytes);
                key.Add(0);
            }

            AppendBody(key, element.Value);
        }

        key.Add(0);
    }

    /// <summary>A zero byte is written 00 FF, the end 00 01: shorter sorts first.</summary>
    private static void AppendText(KeyBuffer key, ReadOnlySpan<byte> text)
    {
        for (var zero = text.IndexOf((byte)0); zero >= 0; zero = text.IndexOf((byte)0))
        {
            key.Add(text[..(zero + 1)]);
            key.Add(0xFF);
            text = text[(zero + 1)..];
        }

        key.Add(text);
        key.Add(0);
        key.Add(1);
    }

    /// <summary>
    /// The nearest double towards zero, then whether the number is exactly that or beyond it; beyond, its decimal digits tell it from
    /// others next to the same double. A negative number's bytes are inverted.
    /// </summary>
    private static void AppendNumber(KeyBuffer key, BsonValueRef value)
    {
        var number = DecimalNumber.From(0);
        double nearest;
        switch (value.Type)
        {
            case BsonType.Double:
                nearest = value.AsDouble;
                break;
            case BsonType.Decimal128:
                number = DecimalNumber.From(value.AsDecimal128);
                nearest = TowardsZero(number);
                break;
            default:
                var whole = BsonNumber.Long(value);
                number = DecimalNumber.From(whole);
                nearest = whole is > -(1L << 53) and < 1L << 53 ? whole : TowardsZero(number);
                break;
        }

        if (double.IsNaN(nearest))
        {
            key.AddBigEndian(0);
            key.Add(Exact);
            return;
        }

        var isExact = value.Type is BsonType.Double or BsonType.Int32 || !number.IsFinite
            || BsonNumber.CompareExactly(number.Coefficient, number.Exponent, nearest) == 0;
        var start = key.Length;
        key.AddBigEndian((ulong)BitConverter.DoubleToInt64Bits(Math.Abs(nearest)) | (1UL << 63));
        key.Add(isExact ? Exact : Beyond);
        if (!isExact)
            AppendDigits(key, number);
        if (nearest < 0 || number.Coefficient.Sign < 0)
            key.Invert(start);
    }

    private static double TowardsZero(DecimalNumber number)
    {
        if (!number.IsFinite)
            return number.Special;
        var nearest = BsonNumber.DoubleOf(number);
        if (double.IsInfinity(nearest))
            return Math.CopySign(double.MaxValue, nearest);
        var magnitude = Math.Abs(nearest);
        if (magnitude != 0 && BsonNumber.CompareExactly(BigInteger.Abs(number.Coefficient), number.Exponent, magnitude) < 0)
            magnitude = Math.BitDecrement(magnitude);
        return number.Coefficient.Sign < 0 ? -magnitude : magnitude;
    }

    /// <summary>The place of the first digit, then the digits without trailing zeros, then an end below every digit.</summary>
    private static void AppendDigits(KeyBuffer key, DecimalNumber number)
    {
        var digits = BigInteger.Abs(number.Coefficient).ToString(CultureInfo.InvariantCulture);
        var place = number.Exponent + digits.Length + 0x4000;
        key.Add((byte)(place >> 8));
        key.Add((byte)place);
        foreach (var digit in digits.AsSpan().TrimEnd('0'))
            key.Add((byte)digit);
        key.Add(0);
    }
}
