using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Reads expressions. <paramref name="now"/> is what $$NOW stands for throughout a command.</summary>
internal sealed class ExpressionParser(DateTimeOffset now)
{
    public Expression Parse(BsonValueRef source)
    {
        if (source.IsString)
            return source.AsString is ['$', ..] text ? Reference(text) : new Constant(source);
        if (source.IsArray)
            return new NewArray([.. BsonArrays.ItemsOf(source).Select(Parse)]);
        return source.IsDocument ? Document(source.AsDocument) : new Constant(source);
    }

    private Expression Reference(string text)
    {
        if (!text.StartsWith("$$", StringComparison.Ordinal))
            return Field(text[1..]);
        var end = text.IndexOf('.', StringComparison.Ordinal);
        var name = end < 0 ? text[2..] : text[2..end];
        if (!Scope.Variables.Contains(name))
            throw CommandException.Location(17276, $"Use of undefined variable: {name}");
        if (end >= 0 && name is "ROOT" or "CURRENT" && end >= 0)
            return Field(text[(end + 1)..]);
        return name switch
        {
            "NOW" => new Constant(BsonValueRef.FromDate(now.ToUnixTimeMilliseconds())),
            "REMOVE" => new Constant(BsonValueRef.Missing),
            _ => new RootDocument(),
        };
    }

    private static FieldReference Field(string text)
    {
        var path = FieldPath.Parse(text);
        foreach (var name in path.Names)
        {
            if (name.Length == 0)
                throw CommandException.Location(text.Length == 0 ? 16872 : 15998, text.Length == 0
                    ? "'$' by itself is not a valid FieldPath"
                    : "FieldPath field names may not be empty strings.");
            if (name[0] == '$')
                throw CommandException.Location(16410, $"FieldPath field names may not start with '$'. Consider using $getField or $setField. given: {name}");
        }

        return new(path);
    }

    private Expression Document(RawDocument source)
    {
        var fields = new List<(string, Expression)>();
        foreach (var element in source)
        {
            var name = element.Name;
            if (name.StartsWith('$'))
            {
                return source.Count() == 1
                    ? Operator(name, element.Value)
                    : throw CommandException.Location(15983, $"an object representing an expression must have exactly one field: {source}");
            }

            if (name.Contains('.', StringComparison.Ordinal))
                throw CommandException.Location(16412, $"FieldPath field names may not contain '.'. Consider using $getField or $setField. given: {name}");
            fields.Add((name, Parse(element.Value)));
        }

        return new NewDocument([.. fields]);
    }

    private Expression Operator(string name, BsonValueRef operand)
    {
        if (!Scope.Expressions.Contains(name))
            throw new CommandException(168, "InvalidPipelineOperator", $"Unrecognized expression '{name}'");
        return name switch
        {
            "$literal" => new Constant(operand),
            "$cond" when operand.IsDocument => LogicOperators.Cond([.. Named(name, operand, "if", "then", "else").Select(Required(name))]),
            "$dateToString" => DateOperators.ToText(Named(name, operand, "date", "format", "timezone", "onNull")),
            "$dateTrunc" => DateOperators.Truncate(Named(name, operand, "date", "unit", "binSize", "timezone", "startOfWeek")),
            "$year" or "$month" or "$dayOfMonth" when operand.IsDocument && IsNamed(operand) =>
                DateOperators.Part(name, Named(name, operand, "date", "timezone")),
            _ => Operators.Create(name, operand.IsArray ? [.. BsonArrays.ItemsOf(operand).Select(Parse)] : [Parse(operand)]),
        };
    }

    private static bool IsNamed(BsonValueRef operand)
    {
        foreach (var element in operand.AsDocument)
            return !element.NameBytes.StartsWith("$"u8);
        return true;
    }

    /// <summary>The arguments by name, in the order of the names; null for one that is not given.</summary>
    private Expression?[] Named(string name, BsonValueRef operand, params string[] names)
    {
        if (!operand.IsDocument)
            throw CommandException.FailedToParse($"{name} only supports an object as its argument");
        var arguments = new Expression?[names.Length];
        foreach (var element in operand.AsDocument)
        {
            var at = Array.IndexOf(names, element.Name);
            if (at < 0)
                throw CommandException.FailedToParse($"Unrecognized argument to {name}: {element.Name}");
            arguments[at] = Parse(element.Value);
        }

        return arguments[0] is not null ? arguments : throw CommandException.FailedToParse($"Missing '{names[0]}' parameter to {name}");
    }

    private static Func<Expression?, Expression> Required(string name) =>
        argument => argument ?? throw CommandException.FailedToParse($"Missing 'then' or 'else' parameter to {name}");
}
