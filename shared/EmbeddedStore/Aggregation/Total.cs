using System.Numerics;
using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>
/// A running sum: whole numbers exactly, doubles with the rounding errors kept, decimals in decimal; brought together at the end, so that the order of
/// the documents does not show.
/// </summary>
internal sealed class Total
{
    private Int128 _whole;
    private double _double;
    private double _error;
    private DecimalNumber _decimal = DecimalNumber.From(0);

    private BsonType Type { get; set; } = BsonType.Int32;

    private double AsDouble => (double)_whole + _double is var sum && double.IsFinite(sum) ? sum + _error : sum;

    public BsonValueRef Sum => Type switch
    {
        BsonType.Decimal128 => BsonValueRef.From((_decimal + new DecimalNumber((BigInteger)_whole, 0) + Doubles()).ToDecimal128()),
        BsonType.Double => BsonValueRef.From(AsDouble),
        var type => BsonArithmetic.Whole(_whole, type) is { IsMissing: false } exact ? exact : BsonValueRef.From((double)_whole),
    };

    public void Add(BsonValueRef value)
    {
        if (!value.IsNumber)
            return;
        Type = BsonArithmetic.Wider(Type, value.Type);
        if (value.Type == BsonType.Decimal128)
            _decimal = (_decimal + DecimalNumber.From(value)).Rounded();
        else if (value.Type == BsonType.Double)
            AddDouble(value.AsDouble);
        else
            _whole += BsonNumber.Long(value);
    }

    private DecimalNumber Doubles()
    {
        var sum = DecimalNumber.FromWholeDouble(_double);
        return sum.IsFinite ? sum + DecimalNumber.FromWholeDouble(_error) : sum;
    }

    private void AddDouble(double value)
    {
        var sum = _double + value;
        if (double.IsFinite(sum))
            _error += Math.Abs(_double) >= Math.Abs(value) ? _double - sum + value : value - sum + _double;
        _double = sum;
    }
}
