using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>
/// Arithmetic with MongoDB's types: Decimal128 wins over double, double over int64, int64 over int32; an int32 result that does not fit
/// becomes int64.
/// </summary>
internal static class BsonArithmetic
{
    /// <summary>The type that a computation over both has.</summary>
    public static BsonType Wider(BsonType left, BsonType right) =>
        left == BsonType.Decimal128 || right == BsonType.Decimal128 ? BsonType.Decimal128
        : left == BsonType.Double || right == BsonType.Double ? BsonType.Double
        : left == BsonType.Int64 || right == BsonType.Int64 ? BsonType.Int64
        : BsonType.Int32;

    /// <summary>The sum; missing when an int64 overflows.</summary>
    public static BsonValueRef Add(BsonValueRef left, BsonValueRef right) => Wider(left.Type, right.Type) switch
    {
        BsonType.Decimal128 => BsonValueRef.From((DecimalNumber.From(left) + DecimalNumber.From(right)).ToDecimal128()),
        BsonType.Double => BsonValueRef.From(BsonNumber.ToDouble(left) + BsonNumber.ToDouble(right)),
        var type => Whole((Int128)BsonNumber.Long(left) + BsonNumber.Long(right), type),
    };

    /// <summary>The narrowest of int32 (unless <paramref name="type"/> is int64) and int64 that holds it; missing when none does.</summary>
    public static BsonValueRef Whole(Int128 value, BsonType type) =>
        type == BsonType.Int32 && value >= int.MinValue && value <= int.MaxValue ? BsonValueRef.From((int)value)
        : value >= long.MinValue && value <= long.MaxValue ? BsonValueRef.From((long)value)
        : BsonValueRef.Missing;
}
