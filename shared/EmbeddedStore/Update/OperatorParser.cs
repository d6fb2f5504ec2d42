using EmbeddedStore.Bson;
using EmbeddedStore.Query;
using MongoDB.Bson;

namespace EmbeddedStore.Update;

/// <summary>Reads update operators into a tree of paths.</summary>
internal sealed class OperatorParser(ArrayFilters filters)
{
    private readonly UpdateNode _always = new("");
    private UpdateNode _onInsert = new("");

    public bool IsPositional { get; private set; }

    /// <summary>The tree without $setOnInsert, and the tree with it: one and the same where there is none.</summary>
    public (UpdateNode OnUpdate, UpdateNode OnInsert) Parse(RawDocument update)
    {
        if (update.Find("$setOnInsert"u8).IsMissing)
            _onInsert = _always;
        foreach (var element in update)
        {
            var name = element.Name;
            if (!Scope.UpdateOperators.Contains(name))
                throw CommandException.FailedToParse(
                    $"Unknown modifier: {name}. Expected a valid update modifier or pipeline-style update specified as an array");
            if (!element.Value.IsDocument)
                throw CommandException.FailedToParse(
                    $"Modifiers operate on fields but we found type {BsonTypes.NameOf(element.Value.Type)} instead. For example: {{$mod: {{<field>: ...}}}} not {{{name}: {element.Value}}}");
            foreach (var field in element.Value.AsDocument)
                Add(name, field.Name, field.Value);
        }

        filters.RequireAllUsed(update);
        return (_always, _onInsert);
    }

    private void Add(string name, string text, BsonValueRef operand)
    {
        var path = FieldPath.Parse(text);
        Check(path);
        UpdateOp op = name switch
        {
            "$set" or "$setOnInsert" => new SetOp(operand),
            "$unset" => new UnsetOp(),
            "$inc" => new IncOp(text, operand),
            "$min" => new BoundOp(operand, isMax: false),
            "$max" => new BoundOp(operand, isMax: true),
            "$push" => PushParser.Push(operand),
            "$addToSet" => PushParser.AddToSet(operand),
            "$pull" => new PullOp(Pulled(operand)),
            _ => throw CommandException.FailedToParse($"Unknown modifier: {name}"),
        };
        _onInsert.Add(path, op);
        if (name != "$setOnInsert" && _always != _onInsert)
            _always.Add(path, op);
    }

    private void Check(FieldPath path)
    {
        if (path.Count > Limits.NestingLevels)
            throw new CommandException(15, "Overflow", $"The path '{path}' is nested deeper than {Limits.NestingLevels} levels");
        var positionals = 0;
        for (var depth = 0; depth < path.Count; depth++)
        {
            var part = path.Names[depth];
            if (part.Length == 0)
                throw new CommandException(56, "EmptyFieldName", path.Text.Length == 0
                    ? "An empty update path is not valid."
                    : $"The update path '{path}' contains an empty field name, which is not allowed.");
            if (part[0] != '$')
                continue;
            if (depth == 0 && (part == "$" || part.StartsWith("$[", StringComparison.Ordinal)))
                throw CommandException.BadValue($"Cannot have {(part == "$" ? "positional (i.e. '$')" : "array filter identifier (i.e. '$[<id>]')")} element in the first position in path '{path}'");
            if (part.StartsWith("$[", StringComparison.Ordinal) && part.EndsWith(']'))
            {
                if (part.Length > 3)
                    filters.Use(part[2..^1], path.Text);
            }
            else if (part != "$")
                throw new CommandException(52, "DollarPrefixedFieldName", $"The dollar ($) prefixed field '{part}' in '{path}' is not allowed for storage.");
            else if (++positionals > 1)
                throw CommandException.BadValue($"Too many positional (i.e. '$') elements found in path '{path}'");
        }

        IsPositional |= positionals > 0;
    }

    /// <summary>A condition with operators or a pattern asks the item, a document asks the item's fields, anything else must be equal.</summary>
    private static Predicate<BsonValueRef> Pulled(BsonValueRef condition)
    {
        if (condition.Type == BsonType.RegularExpression || PredicateParser.IsOperators(condition))
        {
            var onItem = Filter.Parse(DocumentWriter.Build(writer => writer.Write("item", condition)));
            return item => onItem.Matches(DocumentWriter.Build(writer => writer.Write("item", item)));
        }

        if (!condition.IsDocument)
            return item => BsonOrder.AreEqual(item, condition);
        var filter = Filter.Parse(condition.AsDocument);
        return item => item.IsDocument && filter.Matches(item.AsDocument);
    }
}
