using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>Reads the stages of a pipeline.</summary>
internal sealed class StageParser(ExpressionParser expressions)
{
    public Stage Parse(BsonValueRef source)
    {
        if (!source.IsDocument)
            throw CommandException.TypeMismatch("Each element of the 'pipeline' array must be an object");
        if (source.AsDocument.Count() != 1)
            throw CommandException.Location(40323, "A pipeline stage specification object must contain exactly one field.");
        var element = source.AsDocument.GetEnumerator();
        element.MoveNext();
        var name = element.Current.Name;
        var operand = element.Current.Value;
        if (!Scope.Stages.Contains(name))
            throw CommandException.Location(40324, $"Unrecognized pipeline stage name: '{name}'");
        return name switch
        {
            "$match" => new MatchStage(Filter.Parse(Document(operand, 15959, "the match filter must be an expression in an object"))),
            "$sort" => new SortStage(SortSpec.Parse(Document(operand, 15973, "the $sort key specification must be an object"))),
            "$project" => ProjectStage.Project(operand, expressions),
            "$addFields" or "$set" => ProjectStage.AddFields(name, operand, expressions),
            "$group" => GroupStage.Parse(operand, expressions),
            "$unwind" => UnwindStage.Parse(operand),
            "$skip" => new SkipStage(Count(name, operand)),
            "$limit" => Count(name, operand) is > 0 and var count
                ? new LimitStage(count)
                : throw CommandException.Location(15958, "the limit must be positive"),
            "$count" => CountInto(operand),
            "$replaceRoot" => ReplaceRoot(operand),
            _ => throw CommandException.Location(40324, $"Unrecognized pipeline stage name: '{name}'"),
        };
    }

    private static RawDocument Document(BsonValueRef operand, int code, string message) =>
        operand.IsDocument ? operand.AsDocument : throw CommandException.Location(code, message);

    private static long Count(string name, BsonValueRef operand) =>
        BsonNumber.TryWhole(operand, out var count) && count >= 0
            ? count
            : throw CommandException.Location(name == "$skip" ? 5107200 : 5107201,
                $"invalid argument to {name} stage: Expected a non-negative number in: {name}: {operand}");

    private static CountStage CountInto(BsonValueRef operand)
    {
        if (!operand.IsString || operand.AsString.Length == 0)
            throw CommandException.Location(40156, "the count field must be a non-empty string");
        var name = operand.AsString;
        if (name.StartsWith('$'))
            throw CommandException.Location(40158, "the count field cannot be a $-prefixed path");
        return name.Contains('.', StringComparison.Ordinal)
            ? throw CommandException.Location(40160, "the count field cannot contain '.'")
            : new(name);
    }

    private ReplaceRootStage ReplaceRoot(BsonValueRef operand)
    {
        var specification = Document(operand, 40229, "expected an object as specification for $replaceRoot stage");
        foreach (var element in specification)
            if (!element.IsNamed("newRoot"u8))
                throw CommandException.Location(40415, $"BSON field '$replaceRoot.{element.Name}' is an unknown field.");
        var root = specification.Find("newRoot"u8);
        return root.IsMissing
            ? throw CommandException.Location(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field")
            : new(expressions.Parse(root));
    }
}
