using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>The operators over plain arguments, with how many each takes.</summary>
internal static class Operators
{
    public static Expression Create(string name, Expression[] arguments) => name switch
    {
        "$add" => new Call(ArithmeticOperators.Add, arguments),
        "$subtract" => new Call(ArithmeticOperators.Subtract, Exactly(2, name, arguments)),
        "$multiply" => new Call(ArithmeticOperators.Multiply, arguments),
        "$divide" => new Call(ArithmeticOperators.Divide, Exactly(2, name, arguments)),
        "$eq" => Comparison(name, arguments, order => order == 0),
        "$ne" => Comparison(name, arguments, order => order != 0),
        "$gt" => Comparison(name, arguments, order => order > 0),
        "$gte" => Comparison(name, arguments, order => order >= 0),
        "$lt" => Comparison(name, arguments, order => order < 0),
        "$lte" => Comparison(name, arguments, order => order <= 0),
        "$cmp" => new Call(values => BsonValueRef.From(Math.Sign(BsonOrder.Compare(values[0], values[1]))), Exactly(2, name, arguments)),
        "$cond" => LogicOperators.Cond(Exactly(3, name, arguments)),
        "$ifNull" => LogicOperators.IfNull(arguments),
        "$and" => LogicOperators.And(arguments),
        "$or" => LogicOperators.Or(arguments),
        "$not" => LogicOperators.Not(Exactly(1, name, arguments)),
        "$concat" => new Call(TextOperators.Concat, arguments),
        "$toString" => new Call(values => TextOperators.ToText(values[0]), Exactly(1, name, arguments)),
        "$substrCP" => new Call(TextOperators.Substring, Exactly(3, name, arguments)),
        "$size" => new Call(ArrayOperators.Size, Exactly(1, name, arguments)),
        "$in" => new Call(ArrayOperators.In, Exactly(2, name, arguments)),
        "$arrayElemAt" => new Call(ArrayOperators.ElementAt, Exactly(2, name, arguments)),
        "$year" or "$month" or "$dayOfMonth" => DateOperators.Part(name, [Exactly(1, name, arguments)[0], null]),
        _ => throw new CommandException(168, "InvalidPipelineOperator", $"Unrecognized expression '{name}'"),
    };

    private static Call Comparison(string name, Expression[] arguments, Predicate<int> holds) =>
        new(values => BsonValueRef.From(holds(BsonOrder.Compare(values[0], values[1]))), Exactly(2, name, arguments));

    private static Expression[] Exactly(int count, string name, Expression[] arguments) =>
        arguments.Length == count
            ? arguments
            : throw CommandException.Location(16020, $"Expression {name} takes exactly {count} arguments. {arguments.Length} were passed in.");
}
