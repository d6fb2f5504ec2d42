using System.Globalization;
using System.Numerics;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>Exact comparison of numbers across int32, int64, double and Decimal128. NaN is less than every number and equals itself.</summary>
internal static class BsonNumber
{
    private const double TwoTo63 = 9223372036854775808.0;
    private const long TwoTo53 = 1L << 53;

    // Note: the powers of ten that a double holds exactly.
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => (double)BigInteger.Pow(10, power))];

    public static int Compare(BsonValueRef left, BsonValueRef right)
    {
        if (left.Type == BsonType.Decimal128 || right.Type == BsonType.Decimal128)
            return CompareDecimals(left, right);
        if (left.Type == BsonType.Double)
            return right.Type == BsonType.Double ? CompareDoubles(left.AsDouble, right.AsDouble) : -CompareLongToDouble(Long(right), left.AsDouble);
        return right.Type == BsonType.Double ? CompareLongToDouble(Long(left), right.AsDouble) : Long(left).CompareTo(Long(right));
    }

    public static long Long(BsonValueRef value) => value.Type == BsonType.Int32 ? value.AsInt32 : value.AsInt64;

    public static double ToDouble(BsonValueRef value) => value.Type switch
    {
        BsonType.Double => value.AsDouble,
        BsonType.Int32 => value.AsInt32,
        BsonType.Int64 => value.AsInt64,
        _ => DoubleOf(DecimalNumber.From(value.AsDecimal128)),
    };

    /// <summary>The whole number a value holds, when it holds one that fits.</summary>
    public static bool TryWhole(BsonValueRef value, out long whole)
    {
        whole = 0;
        if (value.Type is BsonType.Int32 or BsonType.Int64)
        {
            whole = Long(value);
            return true;
        }

        if (!value.IsNumber)
            return false;
        var number = ToDouble(value);
        if (number != Math.Floor(number) || number is < -TwoTo63 or >= TwoTo63)
            return false;
        whole = (long)number;
        return value.Type == BsonType.Double || Compare(BsonValueRef.From(whole), value) == 0;
    }

    public static bool IsNaN(BsonValueRef value) =>
        (value.Type == BsonType.Double && double.IsNaN(value.AsDouble))
        || (value.Type == BsonType.Decimal128 && Decimal128.IsNaN(value.AsDecimal128));

    internal static double DoubleOf(DecimalNumber number)
    {
        if (!number.IsFinite)
            return number.Special;
        if (IsSmall(number.Coefficient, number.Exponent))
            return number.Exponent < 0
                ? (double)number.Coefficient / PowersOfTen[-number.Exponent]
                : (double)number.Coefficient * PowersOfTen[number.Exponent];
        return double.Parse($"{number.Coefficient}E{number.Exponent}", CultureInfo.InvariantCulture);
    }

    /// <summary>Compares magnitude × 10^exponent with a finite double, exactly.</summary>
    internal static int CompareExactly(BigInteger coefficient, int exponent, double value)
    {
        // Note: a fused multiply-add rounds once, so its sign is that of the exact difference.
        if (IsSmall(coefficient, exponent))
            return Math.Sign(exponent < 0
                ? Math.FusedMultiplyAdd(-value, PowersOfTen[-exponent], (double)coefficient)
                : Math.FusedMultiplyAdd((double)coefficient, PowersOfTen[exponent], -value));
        var bits = BitConverter.DoubleToInt64Bits(value);
        var power = (int)(bits >> 52) & 0x7FF;
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        BigInteger right = power == 0 ? mantissa : mantissa | (1L << 52);
        power = Math.Max(power, 1) - 1075;
        if (bits < 0)
            right = -right;
        if (coefficient.Sign != right.Sign)
            return coefficient.Sign.CompareTo(right.Sign);
        if (exponent >= 0)
            coefficient *= BigInteger.Pow(10, exponent);
        else
            right *= BigInteger.Pow(10, -exponent);
        if (power >= 0)
            right <<= power;
        else
            coefficient <<= -power;
        return coefficient.CompareTo(right);
    }

    private static bool IsSmall(BigInteger coefficient, int exponent) =>
        exponent is > -23 and < 23 && coefficient > -TwoTo53 && coefficient < TwoTo53;

    private static int CompareDoubles(double left, double right) =>
        left < right ? -1 : left > right ? 1 : left == right ? 0 : left.CompareTo(right);

    private static int CompareLongToDouble(long left, double right)
    {
        if (double.IsNaN(right))
            return 1;
        if (right >= TwoTo63)
            return -1;
        if (right < -TwoTo63)
            return 1;
        var whole = (long)right;
        return left != whole ? left.CompareTo(whole) : 0.0.CompareTo(right - whole);
    }

    private static int CompareDecimals(BsonValueRef left, BsonValueRef right)
    {
        if (left.Type != BsonType.Decimal128)
            return -CompareDecimals(right, left);
        var a = DecimalNumber.From(left.AsDecimal128);
        if (right.Type == BsonType.Double)
        {
            var b = right.AsDouble;
            return a.IsFinite && double.IsFinite(b) ? CompareExactly(a.Coefficient, a.Exponent, b) : CompareDoubles(a.Special, b is var d && double.IsFinite(d) ? 0 : d);
        }

        var other = DecimalNumber.From(right);
        if (!a.IsFinite || !other.IsFinite)
            return CompareDoubles(a.Special, other.Special);
        if (a.Coefficient.Sign != other.Coefficient.Sign || a.Coefficient.IsZero)
            return a.Coefficient.Sign.CompareTo(other.Coefficient.Sign);
        var adjusted = (a.Exponent + DecimalNumber.DigitsOf(a.Coefficient)).CompareTo(other.Exponent + DecimalNumber.DigitsOf(other.Coefficient));
        if (adjusted != 0)
            return adjusted * a.Coefficient.Sign;
        var exponent = Math.Min(a.Exponent, other.Exponent);
        return (a.Coefficient * BigInteger.Pow(10, a.Exponent - exponent)).CompareTo(other.Coefficient * BigInteger.Pow(10, other.Exponent - exponent));
    }
}
