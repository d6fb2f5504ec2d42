using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Manual: "Arithmetic Expression Operators". A null or missing argument makes the result null.</summary>
internal static class ArithmeticOperators
{
    public static BsonValueRef Add(BsonValueRef[] values)
    {
        var sum = BsonValueRef.From(0);
        var isDate = false;
        foreach (var value in values)
        {
            if (value.IsNullish)
                return BsonValueRef.Null;
            if (value.Type == BsonType.DateTime)
            {
                if (isDate)
                    throw CommandException.Location(16612, "only one date allowed in an $add expression");
                isDate = true;
            }
            else if (!value.IsNumber)
                throw CommandException.TypeMismatch($"$add only supports numeric or date types, not {BsonTypes.NameOf(value.Type)}");

            var number = value.Type == BsonType.DateTime ? BsonValueRef.From(value.AsInt64) : value;
            sum = OrDouble(BsonArithmetic.Add(sum, number), sum, number, (a, b) => a + b);
        }

        return isDate ? Date(sum) : sum;
    }

    public static BsonValueRef Subtract(BsonValueRef[] values)
    {
        var (left, right) = (values[0], values[1]);
        if (left.IsNullish || right.IsNullish)
            return BsonValueRef.Null;
        if (left.Type == BsonType.DateTime && right.Type == BsonType.DateTime)
            return BsonValueRef.From(left.AsInt64 - right.AsInt64);
        if (left.Type == BsonType.DateTime && right.IsNumber)
            return Date(BsonArithmetic.Subtract(BsonValueRef.From(left.AsInt64), right));
        return left.IsNumber && right.IsNumber
            ? OrDouble(BsonArithmetic.Subtract(left, right), left, right, (a, b) => a - b)
            : throw CommandException.TypeMismatch($"can't $subtract {BsonTypes.NameOf(right.Type)} from {BsonTypes.NameOf(left.Type)}");
    }

    public static BsonValueRef Multiply(BsonValueRef[] values)
    {
        var product = BsonValueRef.From(1);
        foreach (var value in values)
        {
            if (value.IsNullish)
                return BsonValueRef.Null;
            if (!value.IsNumber)
                throw CommandException.TypeMismatch($"$multiply only supports numeric types, not {BsonTypes.NameOf(value.Type)}");
            product = OrDouble(BsonArithmetic.Multiply(product, value), product, value, (a, b) => a * b);
        }

        return product;
    }

    public static BsonValueRef Divide(BsonValueRef[] values)
    {
        var (left, right) = (values[0], values[1]);
        if (left.IsNullish || right.IsNullish)
            return BsonValueRef.Null;
        if (!left.IsNumber || !right.IsNumber)
            throw CommandException.TypeMismatch($"$divide only supports numeric types, not {BsonTypes.NameOf(left.Type)} and {BsonTypes.NameOf(right.Type)}");
        if (BsonNumber.ToDouble(right) == 0 && BsonOrder.AreEqual(right, BsonValueRef.From(0)))
            throw CommandException.BadValue("can't $divide by zero");
        return BsonArithmetic.Wider(left.Type, right.Type) == BsonType.Decimal128
            ? BsonValueRef.From((DecimalNumber.From(left) / DecimalNumber.From(right)).ToDecimal128())
            : BsonValueRef.From(BsonNumber.ToDouble(left) / BsonNumber.ToDouble(right));
    }

    /// <summary>Note: an int64 that overflows becomes a double in expressions (an error in $inc).</summary>
    private static BsonValueRef OrDouble(BsonValueRef exact, BsonValueRef left, BsonValueRef right, Func<double, double, double> rough) =>
        exact.IsMissing ? BsonValueRef.From(rough(BsonNumber.ToDouble(left), BsonNumber.ToDouble(right))) : exact;

    private static BsonValueRef Date(BsonValueRef milliseconds)
    {
        if (BsonNumber.TryWhole(milliseconds, out var whole))
            return BsonValueRef.FromDate(whole);
        var number = milliseconds.IsMissing ? double.NaN : Math.Round(BsonNumber.ToDouble(milliseconds), MidpointRounding.AwayFromZero);
        return number is > long.MinValue and < long.MaxValue
            ? BsonValueRef.FromDate((long)number)
            : throw new CommandException(15, "Overflow", "date overflow");
    }
}
