using EmbeddedStore.Bson;

namespace EmbeddedStore.Update;

/// <summary>$push with $each, $slice and $sort (manual: "$push").</summary>
internal sealed class PushOp(List<BsonValueRef> items, int? slice, Comparison<BsonValueRef>? order) : UpdateOp
{
    public override BsonValueRef Apply(BsonValueRef current, FieldAt at)
    {
        if (!current.IsMissing && !current.IsArray)
            throw CommandException.BadValue(
                $"The field '{at.Path}' must be an array but is of type {BsonTypes.NameOf(current.Type)} in document {at.Document}");
        var values = BsonArrays.ItemsOf(current);
        values.AddRange(items);
        if (order is not null)
            values = [.. values.Order(Comparer<BsonValueRef>.Create(order))];
        if (slice is { } count)
            values = count >= 0 ? [.. values.Take(count)] : [.. values.TakeLast(-count)];
        return BsonArrays.Of(values);
    }
}

/// <summary>$addToSet: items equal by value (1 and 1.0 are) are not added again.</summary>
internal sealed class AddToSetOp(List<BsonValueRef> items) : UpdateOp
{
    public override BsonValueRef Apply(BsonValueRef current, FieldAt at)
    {
        if (!current.IsMissing && !current.IsArray)
            throw CommandException.BadValue($"Cannot apply $addToSet to non-array field. Field named '{at.Path.Split('.')[^1]}' has non-array type {BsonTypes.NameOf(current.Type)}");
        var values = BsonArrays.ItemsOf(current);
        var before = values.Count;
        foreach (var item in items)
            if (!values.Exists(value => BsonOrder.AreEqual(value, item)))
                values.Add(item);
        return values.Count == before && !current.IsMissing ? current : BsonArrays.Of(values);
    }
}

/// <summary>$pull: takes away every item that meets a condition.</summary>
internal sealed class PullOp(Predicate<BsonValueRef> condition) : UpdateOp
{
    public override bool Creates => false;

    public override BsonValueRef Apply(BsonValueRef current, FieldAt at)
    {
        if (current.IsMissing)
            return current;
        if (!current.IsArray)
            throw CommandException.BadValue("Cannot apply $pull to a non-array value");
        var values = BsonArrays.ItemsOf(current);
        return values.RemoveAll(condition) > 0 ? BsonArrays.Of(values) : current;
    }
}
