using System.Globalization;
using System.Text;
using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>Values as error messages show them: close to the shell's notation.</summary>
internal static class BsonText
{
    public static string Of(BsonValueRef value) => value.Type switch
    {
        BsonType.EndOfDocument => "missing",
        BsonType.Double => value.AsDouble.ToString("0.0################", CultureInfo.InvariantCulture),
        BsonType.String or BsonType.Symbol => $"\"{value.AsString}\"",
        BsonType.Document => Of(value.AsDocument),
        BsonType.Array => $"[ {string.Join(", ", Items(value.AsDocument))} ]",
        BsonType.ObjectId => $"ObjectId('{Convert.ToHexStringLower(value.Bytes)}')",
        BsonType.Boolean => value.AsBoolean ? "true" : "false",
        BsonType.DateTime => $"new Date({value.AsInt64.ToString(CultureInfo.InvariantCulture)})",
        BsonType.Null => "null",
        BsonType.Int32 => value.AsInt32.ToString(CultureInfo.InvariantCulture),
        BsonType.Int64 => value.AsInt64.ToString(CultureInfo.InvariantCulture),
        BsonType.Decimal128 => $"Decimal128('{value.AsDecimal128}')",
        BsonType.Binary => $"BinData({value.Bytes[4]}, {Convert.ToHexString(value.Bytes[5..])})",
        _ => BsonTypes.NameOf(value.Type),
    };

    public static string Of(RawDocument document)
    {
        var text = new StringBuilder("{");
        foreach (var element in document)
            text.Append(text.Length > 1 ? ", " : " ").Append(element.Name).Append(": ").Append(Of(element.Value));
        return text.Append(" }").ToString();
    }

    private static List<string> Items(RawDocument array)
    {
        var items = new List<string>();
        foreach (var element in array)
            items.Add(Of(element.Value));
        return items;
    }
}
