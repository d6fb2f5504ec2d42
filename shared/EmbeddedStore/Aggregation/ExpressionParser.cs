using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>Reads expressions: fields, constants, and documents made of them.</summary>
internal static class ExpressionParser
{
    public static Expression Parse(BsonValueRef source)
    {
        if (source.IsString)
            return source.AsString is ['$', ..] text ? Reference(text) : new Constant(source);
        if (source.IsArray)
            throw CommandException.NotImplemented($"an array made by an expression is not supported: {source}");
        return source.IsDocument ? Document(source.AsDocument) : new Constant(source);
    }

    private static Expression Reference(string text)
    {
        if (!text.StartsWith("$$", StringComparison.Ordinal))
            return Field(text[1..]);
        var end = text.IndexOf('.', StringComparison.Ordinal);
        var name = end < 0 ? text[2..] : text[2..end];
        if (!Scope.Variables.Contains(name))
            throw CommandException.Location(17276, $"Use of undefined variable: {name}");
        return end < 0 ? new RootDocument() : Field(text[(end + 1)..]);
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

    private static Expression Document(RawDocument source)
    {
        var fields = new List<(string, Expression)>();
        foreach (var element in source)
        {
            var name = element.Name;
            if (name.StartsWith('$'))
            {
                if (source.Count() != 1)
                    throw CommandException.Location(15983, $"an object representing an expression must have exactly one field: {source}");
                return Scope.Expressions.Contains(name)
                    ? new Constant(element.Value)
                    : throw new CommandException(168, "InvalidPipelineOperator", $"Unrecognized expression '{name}'");
            }

            if (name.Contains('.', StringComparison.Ordinal))
                throw CommandException.Location(16412, $"FieldPath field names may not contain '.'. Consider using $getField or $setField. given: {name}");
            fields.Add((name, Parse(element.Value)));
        }

        return new NewDocument([.. fields]);
    }
}
