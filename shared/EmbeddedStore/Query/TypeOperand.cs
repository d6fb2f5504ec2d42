using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>The operand of $type: a number, an alias, or several (manual: "$type").</summary>
internal static class TypeOperand
{
    private static readonly BsonType[] Numbers = [BsonType.Double, BsonType.Int32, BsonType.Int64, BsonType.Decimal128];

    public static HashSet<BsonType> Parse(BsonValueRef operand)
    {
        var types = new HashSet<BsonType>();
        if (operand.IsArray)
            foreach (var item in operand.AsDocument)
                Add(types, item.Value);
        else
            Add(types, operand);
        return types.Count > 0 ? types : throw CommandException.FailedToParse("$type must match at least one type");
    }

    private static void Add(HashSet<BsonType> types, BsonValueRef value)
    {
        if (value.IsString)
        {
            if (value.AsString == "number")
                types.UnionWith(Numbers);
            else if (BsonTypes.TryParse(value.AsString, out var type))
                types.Add(type);
            else
                throw CommandException.BadValue($"Unknown type name alias: {value.AsString}");
            return;
        }

        if (!value.IsNumber)
            throw CommandException.TypeMismatch("type must be represented as a number or a string");
        if (!BsonNumber.TryWhole(value, out var number) || !BsonTypes.IsKnown(number))
            throw CommandException.BadValue($"Invalid numerical type code: {value}");
        types.Add(number == -1 ? BsonType.MinKey : (BsonType)number);
    }
}
