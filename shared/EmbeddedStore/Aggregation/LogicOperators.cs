using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Manual: "Boolean Expression Operators", "Conditional Expression Operators".</summary>
internal static class LogicOperators
{
    public static Expression Cond(Expression[] arguments) =>
        new LazyCall((parts, root) => parts[IsTrue(parts[0].Evaluate(root)) ? 1 : 2].Evaluate(root), arguments);

    public static Expression IfNull(Expression[] arguments) =>
        arguments.Length >= 2
            ? new LazyCall(FirstGiven, arguments)
            : throw CommandException.Location(1257300, $"$ifNull needs at least two arguments, had: {arguments.Length}");

    public static Expression And(Expression[] arguments) =>
        new LazyCall((parts, root) => BsonValueRef.From(Array.TrueForAll(parts, part => IsTrue(part.Evaluate(root)))), arguments);

    public static Expression Or(Expression[] arguments) =>
        new LazyCall((parts, root) => BsonValueRef.From(Array.Exists(parts, part => IsTrue(part.Evaluate(root)))), arguments);

    public static Expression Not(Expression[] arguments) => new Call(values => BsonValueRef.From(!IsTrue(values[0])), arguments);

    /// <summary>False are false, zero, null and missing; everything else is true.</summary>
    public static bool IsTrue(BsonValueRef value) =>
        !value.IsNullish
        && (value.Type == BsonType.Boolean ? value.AsBoolean : !value.IsNumber || !BsonOrder.AreEqual(value, BsonValueRef.From(0)));

    private static BsonValueRef FirstGiven(Expression[] parts, RawDocument root)
    {
        for (var i = 0; i < parts.Length - 1; i++)
        {
            var value = parts[i].Evaluate(root);
            if (!value.IsNullish)
                return value;
        }

        return parts[^1].Evaluate(root);
    }
}
