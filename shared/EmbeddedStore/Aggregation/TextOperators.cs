using System.Globalization;
using System.Text;
using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Manual: "String Expression Operators", "$toString".</summary>
internal static class TextOperators
{
    public static BsonValueRef Concat(BsonValueRef[] values)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            if (value.IsNullish)
                return BsonValueRef.Null;
            if (value.Type != BsonType.String)
                throw CommandException.Location(16702, $"$concat only supports strings, not {BsonTypes.NameOf(value.Type)}");
            text.Append(value.AsString);
        }

        return BsonValueRef.From(text.ToString());
    }

    public static BsonValueRef ToText(BsonValueRef value) => value.Type switch
    {
        BsonType.EndOfDocument or BsonType.Null or BsonType.Undefined => BsonValueRef.Null,
        BsonType.String => value,
        BsonType.Boolean => BsonValueRef.From(value.AsBoolean ? "true" : "false"),
        BsonType.Int32 or BsonType.Int64 => BsonValueRef.From(BsonNumber.Long(value).ToString(CultureInfo.InvariantCulture)),
        BsonType.Double => BsonValueRef.From(DoubleText(value.AsDouble)),
        BsonType.Decimal128 => BsonValueRef.From(value.AsDecimal128.ToString()),
        BsonType.ObjectId => BsonValueRef.From(Convert.ToHexStringLower(value.Bytes)),
        BsonType.DateTime => BsonValueRef.From(DateText.Format("%Y-%m-%dT%H:%M:%S.%LZ", value.AsInt64, TimeSpan.Zero)),
        _ => throw new CommandException(241, "ConversionFailure",
            $"Unsupported conversion from {BsonTypes.NameOf(value.Type)} to string in $convert with no onError value"),
    };

    public static BsonValueRef Substring(BsonValueRef[] values)
    {
        var start = Count(values[1], 34450, 34451, 34455, "starting index");
        var length = Count(values[2], 34452, 34453, 34454, "length");
        var text = ToText(values[0]);
        if (text.IsNullish)
            return BsonValueRef.From("");
        var runes = text.AsString.EnumerateRunes().Skip(start).Take(length);
        return BsonValueRef.From(string.Concat(runes.Select(rune => rune.ToString())));
    }

    private static int Count(BsonValueRef value, int notNumber, int notWhole, int negative, string what)
    {
        if (!value.IsNumber)
            throw CommandException.Location(notNumber, $"$substrCP: {what} must be a numeric type (is BSON type {BsonTypes.NameOf(value.Type)})");
        if (!BsonNumber.TryWhole(value, out var count) || count > int.MaxValue)
            throw CommandException.Location(notWhole, $"$substrCP: {what} cannot be represented as a 32-bit integral value: {value}");
        return count >= 0 ? (int)count : throw CommandException.Location(negative, $"$substrCP: {what} must be non-negative.");
    }

    private static string DoubleText(double value)
    {
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        if (value == Math.Floor(value) && Math.Abs(value) < 1e21)
            return value == 0 && double.IsNegative(value) ? "-0" : value.ToString("F0", CultureInfo.InvariantCulture);
        return value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E", "e", StringComparison.Ordinal);
    }
}
