using System.Globalization;
using System.Numerics;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>
/// An exact decimal, coefficient × 10^exponent: what Decimal128 arithmetic and comparison go through, because
/// MongoDB.Bson's Decimal128 can do neither with a double. Infinities and NaN are kept as <see cref="Special"/>.
/// </summary>
internal readonly record struct DecimalNumber(BigInteger Coefficient, int Exponent, double Special = 0)
{
    private const int Digits = 34;
    private const int MinExponent = -6176;
    private const int MaxExponent = 6111;
    private static readonly UInt128 MaxCoefficient = UInt128.Parse("9999999999999999999999999999999999", null);

    public bool IsFinite => Special == 0;

    public static DecimalNumber From(Decimal128 value)
    {
        var high = value.GetIEEEHighBits();
        var combination = (int)(high >> 58) & 0x1F;
        if (combination == 0x1F)
            return new(0, 0, double.NaN);
        var negative = high >> 63 != 0;
        if (combination == 0x1E)
            return new(0, 0, negative ? double.NegativeInfinity : double.PositiveInfinity);
        // Note: the second form (bits 11) can only hold coefficients above 34 digits, which IEEE 754 reads as zero.
        var second = combination >> 3 == 3;
        var exponent = (int)(high >> (second ? 47 : 49)) & 0x3FFF;
        var coefficient = second ? UInt128.Zero : new UInt128(high & 0x1FFFFFFFFFFFF, value.GetIEEELowBits());
        if (coefficient > MaxCoefficient)
            coefficient = 0;
        return new(negative ? -(BigInteger)coefficient : coefficient, exponent + MinExponent);
    }

    public static DecimalNumber From(long value) => new(value, 0);

    /// <summary>The double rounded to 15 digits, as MongoDB takes doubles into decimal arithmetic.</summary>
    public static DecimalNumber FromDouble(double value)
    {
        if (!double.IsFinite(value))
            return new(0, 0, value);
        if (value == 0)
            return new(0, 0);
        var text = value.ToString("E14", CultureInfo.InvariantCulture);
        var split = text.IndexOf('E', StringComparison.Ordinal);
        var digits = BigInteger.Parse(text[..split].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var exponent = int.Parse(text[(split + 1)..], CultureInfo.InvariantCulture) - 14;
        return new(digits, exponent);
    }

    /// <summary>The double's whole value, up to 34 digits: as sums take it.</summary>
    public static DecimalNumber FromWholeDouble(double value)
    {
        if (!double.IsFinite(value))
            return new(0, 0, value);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var power = (int)(bits >> 52) & 0x7FF;
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (power == 0 ? 0 : 1L << 52);
        if (mantissa.IsZero)
            return new(0, 0);
        power = Math.Max(power, 1) - 1075;
        while (mantissa.IsEven && power < 0)
            (mantissa, power) = (mantissa >> 1, power + 1);
        mantissa *= BigInteger.Pow(power < 0 ? 5 : 2, Math.Abs(power));
        return From(new DecimalNumber(bits < 0 ? -mantissa : mantissa, Math.Min(power, 0)).ToDecimal128());
    }

    public static DecimalNumber From(BsonValueRef value) => value.Type switch
    {
        BsonType.Decimal128 => From(value.AsDecimal128),
        BsonType.Double => FromDouble(value.AsDouble),
        BsonType.Int32 => From(value.AsInt32),
        _ => From(value.AsInt64),
    };

    public static DecimalNumber operator +(DecimalNumber left, DecimalNumber right)
    {
        if (!left.IsFinite || !right.IsFinite)
            return new(0, 0, left.Special + right.Special);
        var exponent = Math.Min(left.Exponent, right.Exponent);
        // Note: beyond 100 digits apart the smaller one cannot change 34 digits, and aligning would cost thousands of digits.
        if (left.AdjustedExponent - right.AdjustedExponent > 100 && !right.Coefficient.IsZero && !left.Coefficient.IsZero)
            return left;
        if (right.AdjustedExponent - left.AdjustedExponent > 100 && !right.Coefficient.IsZero && !left.Coefficient.IsZero)
            return right;
        return new(left.ScaledTo(exponent) + right.ScaledTo(exponent), exponent);
    }

    /// <summary>The same, brought back to 34 digits where it has more.</summary>
    public DecimalNumber Rounded() => IsFinite && BigInteger.Abs(Coefficient) <= MaxCoefficient ? this : From(ToDecimal128());

    /// <summary>Rounded half to even to 34 digits.</summary>
    public Decimal128 ToDecimal128()
    {
        if (!IsFinite)
            return double.IsNaN(Special) ? Decimal128.QNaN : Special > 0 ? Decimal128.PositiveInfinity : Decimal128.NegativeInfinity;
        var magnitude = BigInteger.Abs(Coefficient);
        var exponent = Exponent;
        var drop = Math.Max(DigitsOf(magnitude) - Digits, MinExponent - exponent);
        if (drop > 0)
        {
            magnitude = Rounded(magnitude, drop);
            exponent += drop;
            if (DigitsOf(magnitude) > Digits)
                (magnitude, exponent) = (magnitude / 10, exponent + 1);
        }

        while (exponent > MaxExponent && DigitsOf(magnitude) < Digits && !magnitude.IsZero)
            (magnitude, exponent) = (magnitude * 10, exponent - 1);
        if (magnitude.IsZero)
            exponent = Math.Clamp(exponent, MinExponent, MaxExponent);
        if (exponent > MaxExponent)
            return Coefficient.Sign < 0 ? Decimal128.NegativeInfinity : Decimal128.PositiveInfinity;
        var bits = (UInt128)magnitude;
        var high = (ulong)(bits >> 64) | ((ulong)(exponent - MinExponent) << 49) | (Coefficient.Sign < 0 ? 1UL << 63 : 0);
        return Decimal128.FromIEEEBits(high, (ulong)bits);
    }

    internal static int DigitsOf(BigInteger value)
    {
        value = BigInteger.Abs(value);
        if (value.IsZero)
            return 1;
        var estimate = (int)((value.GetBitLength() - 1) * 0.30102999566398120) + 1;
        return value >= BigInteger.Pow(10, estimate) ? estimate + 1 : estimate;
    }

    private int AdjustedExponent => Exponent + DigitsOf(Coefficient);

    private BigInteger ScaledTo(int exponent) => Coefficient * BigInteger.Pow(10, Exponent - exponent);

    private static BigInteger Rounded(BigInteger value, int digits)
    {
        var unit = BigInteger.Pow(10, digits);
        var quotient = BigInteger.DivRem(value, unit, out var remainder);
        var twice = (remainder * 2).CompareTo(unit);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
