using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Update;

/// <summary>Reads the operand of $push and $addToSet: one value, or $each with its modifiers.</summary>
internal static class PushParser
{
    public static PushOp Push(BsonValueRef operand)
    {
        if (!HasEach(operand, out var items))
            return new([operand], null, null);
        int? slice = null;
        Comparison<BsonValueRef>? order = null;
        foreach (var clause in operand.AsDocument)
        {
            var name = clause.Name;
            if (!Scope.PushModifiers.Contains(name))
                throw CommandException.BadValue($"Unrecognized clause in $push: {name}");
            if (name == "$slice")
                slice = BsonNumber.TryWhole(clause.Value, out var count) && count is >= int.MinValue + 1 and <= int.MaxValue
                    ? (int)count
                    : throw CommandException.BadValue($"The value for $slice must be an integer value but was given type: {BsonTypes.NameOf(clause.Value.Type)}");
            else if (name == "$sort")
                order = Order(clause.Value);
        }

        return new(items, slice, order);
    }

    public static AddToSetOp AddToSet(BsonValueRef operand)
    {
        if (!HasEach(operand, out var items))
            return new([operand]);
        foreach (var clause in operand.AsDocument)
            if (clause.Name != "$each")
                throw CommandException.BadValue($"Found unexpected fields after $each in $addToSet: {operand}");
        return new(items);
    }

    private static bool HasEach(BsonValueRef operand, out List<BsonValueRef> items)
    {
        items = [];
        var each = operand.IsDocument ? operand.AsDocument.Find("$each"u8) : default;
        if (each.IsMissing)
            return false;
        if (!each.IsArray)
            throw CommandException.TypeMismatch($"The argument to $each must be an array but it was of type {BsonTypes.NameOf(each.Type)}");
        items = BsonArrays.ItemsOf(each);
        return true;
    }

    private static Comparison<BsonValueRef> Order(BsonValueRef sort)
    {
        if (BsonNumber.TryWhole(sort, out var direction) && direction is 1 or -1)
            return direction == 1 ? BsonOrder.Compare : (a, b) => BsonOrder.Compare(b, a);
        if (!sort.IsDocument)
            throw CommandException.BadValue("The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields");
        var spec = SortSpec.Parse(sort.AsDocument);
        return (a, b) => KeyComparer.Instance.Compare(KeyOf(a), KeyOf(b));

        byte[] KeyOf(BsonValueRef item) => spec.KeyOf(item.IsDocument ? item.AsDocument : RawDocument.Empty);
    }
}
