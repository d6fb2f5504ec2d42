using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Manual: "Array Expression Operators".</summary>
internal static class ArrayOperators
{
    public static BsonValueRef Size(BsonValueRef[] values) =>
        values[0].IsArray
            ? BsonValueRef.From(values[0].AsDocument.Count())
            : throw CommandException.Location(17124, $"The argument to $size must be an array, but was of type: {BsonTypes.NameOf(values[0].Type)}");

    public static BsonValueRef In(BsonValueRef[] values)
    {
        if (!values[1].IsArray)
            throw CommandException.Location(40081, $"$in requires an array as a second argument, found: {BsonTypes.NameOf(values[1].Type)}");
        foreach (var item in values[1].AsDocument)
            if (BsonOrder.AreEqual(item.Value, values[0]))
                return BsonValueRef.From(true);
        return BsonValueRef.From(false);
    }

    public static BsonValueRef ElementAt(BsonValueRef[] values)
    {
        var (array, place) = (values[0], values[1]);
        if (array.IsNullish || place.IsNullish)
            return BsonValueRef.Null;
        if (!array.IsArray)
            throw CommandException.Location(28689, $"$arrayElemAt's first argument must be an array, but is {BsonTypes.NameOf(array.Type)}");
        if (!place.IsNumber)
            throw CommandException.Location(28690, $"$arrayElemAt's second argument must be a numeric value, but is {BsonTypes.NameOf(place.Type)}");
        if (!BsonNumber.TryWhole(place, out var index) || index != (int)index)
            throw CommandException.Location(28691, $"$arrayElemAt's second argument must be representable as a 32-bit integer: {place}");
        if (index < 0)
            index += array.AsDocument.Count();
        return index < 0 ? BsonValueRef.Missing : array.AsDocument.At((int)index);
    }
}
