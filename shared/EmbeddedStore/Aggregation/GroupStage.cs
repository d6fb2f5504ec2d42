using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Aggregation;

/// <summary>$group: groups by value (1 and 1.0 are one group), in the order in which the groups are first met.</summary>
internal sealed class GroupStage(Expression id, (string Name, Expression Input, Func<Accumulator> Create)[] fields) : Stage
{
    public static GroupStage Parse(BsonValueRef source)
    {
        if (!source.IsDocument)
            throw CommandException.Location(15947, "a group's fields must be specified in an object");
        Expression? id = null;
        var fields = new List<(string, Expression, Func<Accumulator>)>();
        foreach (var element in source.AsDocument)
        {
            if (element.IsNamed("_id"u8))
                id = ExpressionParser.Parse(element.Value);
            else
                fields.Add(Field(element.Name, element.Value));
        }

        return new(id ?? throw CommandException.Location(15955, "a group specification must include an _id"), [.. fields]);
    }

    public override IEnumerable<ReadOnlyMemory<byte>> Run(IEnumerable<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        var groups = new OrderedDictionary<byte[], (BsonValueRef Id, Accumulator[] Totals)>(KeyComparer.Instance);
        foreach (var document in input)
        {
            cancellation.ThrowIfCancellationRequested();
            var value = id.Evaluate(document);
            value = value.IsMissing ? BsonValueRef.Null : value;
            var key = KeyEncoding.Encode(value);
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = (value.Detach(), [.. fields.Select(field => field.Create())]));
            for (var i = 0; i < fields.Length; i++)
                group.Totals[i].Add(fields[i].Input.Evaluate(document));
        }

        foreach (var (groupId, totals) in groups.Values)
            yield return Written(groupId, totals);
    }

    private byte[] Written(BsonValueRef groupId, Accumulator[] totals) => DocumentWriter.Build(writer =>
    {
        writer.Write("_id", groupId);
        for (var i = 0; i < fields.Length; i++)
            writer.Write(fields[i].Name, totals[i].Result);
    });

    private static (string Name, Expression Input, Func<Accumulator> Create) Field(string name, BsonValueRef source)
    {
        if (name.Contains('.', StringComparison.Ordinal))
            throw CommandException.Location(40235, $"The field name '{name}' cannot contain '.'");
        if (name.StartsWith('$'))
            throw CommandException.Location(40236, $"The field name '{name}' cannot be an operator name");
        if (!source.IsDocument)
            throw CommandException.Location(40234, $"The field '{name}' must be an accumulator object");
        if (source.AsDocument.Count() != 1)
            throw CommandException.Location(40238, $"The field '{name}' must specify one accumulator");
        var (op, operand) = First(source.AsDocument);
        if (!Scope.Accumulators.Contains(op))
            throw CommandException.Location(15952, $"unknown group operator '{op}'");
        return (name, ExpressionParser.Parse(operand), Accumulator.For(op));
    }

    private static (string Name, BsonValueRef Value) First(RawDocument document)
    {
        foreach (var element in document)
            return (element.Name, element.Value);
        return default;
    }
}
