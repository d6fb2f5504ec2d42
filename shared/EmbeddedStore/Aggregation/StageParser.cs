using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>Reads the stages of a pipeline.</summary>
internal static class StageParser
{
    public static Stage Parse(BsonValueRef source)
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
            "$project" => ProjectStage.Parse(operand),
            "$group" => GroupStage.Parse(operand),
            "$skip" => new SkipStage(Count(name, operand)),
            "$limit" => Count(name, operand) is > 0 and var count
                ? new LimitStage(count)
                : throw CommandException.Location(15958, "the limit must be positive"),
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
}
