using MongoDB.Bson;

namespace EmbeddedStore.Bson;

/// <summary>Type numbers, aliases and the order of types.</summary>
internal static class BsonTypes
{
    private static readonly Dictionary<string, BsonType> ByAlias = new(StringComparer.Ordinal)
    {
        ["double"] = BsonType.Double,
        ["string"] = BsonType.String,
        ["object"] = BsonType.Document,
        ["array"] = BsonType.Array,
        ["binData"] = BsonType.Binary,
        ["undefined"] = BsonType.Undefined,
        ["objectId"] = BsonType.ObjectId,
        ["bool"] = BsonType.Boolean,
        ["date"] = BsonType.DateTime,
        ["null"] = BsonType.Null,
        ["regex"] = BsonType.RegularExpression,
        ["javascript"] = BsonType.JavaScript,
        ["symbol"] = BsonType.Symbol,
        ["javascriptWithScope"] = BsonType.JavaScriptWithScope,
        ["int"] = BsonType.Int32,
        ["timestamp"] = BsonType.Timestamp,
        ["long"] = BsonType.Int64,
        ["decimal"] = BsonType.Decimal128,
        ["minKey"] = BsonType.MinKey,
        ["maxKey"] = BsonType.MaxKey,
    };

    private static readonly Dictionary<BsonType, string> Aliases = ByAlias.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The type's rank in MongoDB's order; types of one rank (all numbers; string and symbol) compare by value.</summary>
    public static int RankOf(BsonType type) => type switch
    {
        BsonType.MinKey => 2,
        BsonType.EndOfDocument or BsonType.Undefined => 3,
        BsonType.Null => 5,
        BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128 => 10,
        BsonType.String or BsonType.Symbol => 15,
        BsonType.Document => 20,
        BsonType.Array => 25,
        BsonType.Binary => 30,
        BsonType.ObjectId => 35,
        BsonType.Boolean => 40,
        BsonType.DateTime => 45,
        BsonType.Timestamp => 47,
        BsonType.RegularExpression => 50,
        (BsonType)0x0C => 55,
        BsonType.JavaScript => 60,
        BsonType.JavaScriptWithScope => 65,
        BsonType.MaxKey => 127,
        _ => throw CommandException.InvalidBson($"Unrecognized BSON type {(int)type}"),
    };

    public static string NameOf(BsonType type) => type == BsonType.EndOfDocument ? "missing" : Aliases.GetValueOrDefault(type, "dbPointer");

    public static bool TryParse(string alias, out BsonType type) => ByAlias.TryGetValue(alias, out type);

    public static bool IsKnown(long number) =>
        number == -1 || number == 127 || (number is > 0 and <= 19 && number != 12);
}
