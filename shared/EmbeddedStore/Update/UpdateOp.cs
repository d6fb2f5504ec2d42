using EmbeddedStore.Bson;

namespace EmbeddedStore.Update;

/// <summary>What is done to one path: an operator with its operand.</summary>
internal abstract class UpdateOp
{
    /// <summary>Whether the path is made when it is not there.</summary>
    public virtual bool Creates => true;

    /// <summary>The new value; the given one (by <see cref="BsonValueRef.SameBytesAs"/>) when nothing changes; missing to take the field away.</summary>
    public abstract BsonValueRef Apply(BsonValueRef current, FieldAt at);
}

/// <summary>The field an operator works on, for its error messages.</summary>
internal readonly record struct FieldAt(string Path, BsonValueRef Id)
{
    public string Document => $"{{_id: {Id}}}";
}

internal sealed class SetOp(BsonValueRef value) : UpdateOp
{
    public override BsonValueRef Apply(BsonValueRef current, FieldAt at) => value;
}

internal sealed class UnsetOp : UpdateOp
{
    public override bool Creates => false;

    public override BsonValueRef Apply(BsonValueRef current, FieldAt at) => BsonValueRef.Missing;
}

internal sealed class IncOp : UpdateOp
{
    private readonly BsonValueRef _amount;

    public IncOp(string path, BsonValueRef amount)
    {
        _amount = amount;
        if (!amount.IsNumber)
            throw CommandException.TypeMismatch($"Cannot increment with non-numeric argument: {{{path}: {amount}}}");
    }

    public override BsonValueRef Apply(BsonValueRef current, FieldAt at)
    {
        if (current.IsMissing)
            return _amount;
        if (!current.IsNumber)
            throw CommandException.TypeMismatch(
                $"Cannot apply $inc to a value of non-numeric type. {at.Document} has the field '{at.Path.Split('.')[^1]}' of non-numeric type {BsonTypes.NameOf(current.Type)}");
        var sum = BsonArithmetic.Add(current, _amount);
        return sum.IsMissing
            ? throw CommandException.BadValue($"Failed to apply $inc operations to current value ({current}) for document {at.Document}")
            : sum;
    }
}

/// <summary>$min and $max, by the order of all types.</summary>
internal sealed class BoundOp(BsonValueRef value, bool isMax) : UpdateOp
{
    public override BsonValueRef Apply(BsonValueRef current, FieldAt at)
    {
        if (current.IsMissing)
            return value;
        var order = BsonOrder.Compare(value, current);
        return (isMax ? order > 0 : order < 0) ? value : current;
    }
}
