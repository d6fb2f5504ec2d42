using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>Reads the operators on one path.</summary>
internal sealed class PredicateParser(FilterParser parser, FieldPath path)
{
    public static bool IsOperators(BsonValueRef value)
    {
        if (!value.IsDocument)
            return false;
        foreach (var element in value.AsDocument)
            return element.NameBytes.StartsWith("$"u8);
        return false;
    }

    public static EqTest Equality(BsonValueRef value) =>
        value.Type == BsonType.Undefined ? throw CommandException.BadValue("cannot compare to undefined") : new(value);

    public void AddAll(List<Node> nodes, RawDocument operators)
    {
        foreach (var element in operators)
        {
            var name = element.Name;
            if (!Scope.QueryOperators.Contains(name))
                throw CommandException.BadValue($"unknown operator: {name}");
            if (name is not "$comment" && Parse(name, element.Value, operators) is { } node)
                nodes.Add(node);
        }
    }

    private Node? Parse(string name, BsonValueRef operand, RawDocument siblings) => name switch
    {
        "$eq" => On(Equality(operand)),
        "$ne" => Not(operand.Type == BsonType.RegularExpression
            ? throw CommandException.BadValue("Can't have regex as arg to $ne.")
            : On(Equality(operand))),
        "$gt" => On(Range(ConditionOp.Gt, operand)),
        "$gte" => On(Range(ConditionOp.Gte, operand)),
        "$lt" => On(Range(ConditionOp.Lt, operand)),
        "$lte" => On(Range(ConditionOp.Lte, operand)),
        "$in" => On(In(name, operand)),
        "$nin" => Not(On(In(name, operand))),
        "$exists" => IsTrue(operand) ? On(new ExistsTest()) : Not(On(new ExistsTest())),
        "$type" => On(new TypeTest(TypeOperand.Parse(operand))),
        "$size" => On(Size(operand)),
        "$regex" => On(Regex(operand, siblings.Find("$options"u8))),
        "$options" => siblings.Find("$regex"u8).IsMissing ? throw CommandException.BadValue("$options needs a $regex") : null,
        "$not" => Negation(operand),
        "$all" => All(operand),
        "$elemMatch" => On(ElemMatch(operand)),
        _ => throw CommandException.BadValue($"unknown operator: {name}"),
    };

    private PathNode On(ValueTest test) => new(path, test);

    private static NorNode Not(Node node) => new([node]);

    private RangeTest Range(ConditionOp op, BsonValueRef operand) => operand.Type switch
    {
        BsonType.RegularExpression => throw CommandException.BadValue($"Can't have RegEx as arg to predicate over field '{path}'."),
        BsonType.Undefined => throw CommandException.BadValue("cannot compare to undefined"),
        _ => new(op, operand),
    };

    private static InTest In(string name, BsonValueRef operand)
    {
        if (!operand.IsArray)
            throw CommandException.BadValue($"{name} needs an array");
        var values = new List<BsonValueRef>();
        var patterns = new List<RegexTest>();
        foreach (var item in operand.AsDocument)
        {
            if (IsOperators(item.Value))
                throw CommandException.BadValue($"cannot nest $ under {name}");
            if (item.Value.Type == BsonType.RegularExpression)
                patterns.Add(RegexTest.From(item.Value));
            else
                values.Add(Equality(item.Value).Value);
        }

        return new InTest(values, [.. patterns]);
    }

    private static SizeTest Size(BsonValueRef operand)
    {
        if (!BsonNumber.TryWhole(operand, out var size))
            throw CommandException.FailedToParse($"Failed to parse $size. Expected an integer in: $size: {operand}");
        return size >= 0 ? new(size) : throw CommandException.FailedToParse($"Failed to parse $size. Expected a non-negative number in: $size: {operand}");
    }

    private static RegexTest Regex(BsonValueRef operand, BsonValueRef options)
    {
        if (!options.IsMissing && !options.IsString)
            throw CommandException.BadValue("$options has to be a string");
        if (operand.Type == BsonType.RegularExpression)
        {
            var (pattern, flags) = RegexTest.Split(operand);
            if (flags.Length > 0 && !options.IsMissing)
                throw CommandException.Location(51075, "options set in both $regex and $options");
            return new(pattern, options.IsMissing ? flags : options.AsString);
        }

        return operand.IsString
            ? new(operand.AsString, options.IsMissing ? "" : options.AsString)
            : throw CommandException.BadValue("$regex has to be a string");
    }

    private NorNode Negation(BsonValueRef operand)
    {
        if (operand.Type == BsonType.RegularExpression)
            return Not(On(RegexTest.From(operand)));
        if (!operand.IsDocument)
            throw CommandException.BadValue("$not needs a regex or a document");
        if (operand.AsDocument.IsEmpty)
            throw CommandException.BadValue("$not cannot be empty");
        var nodes = new List<Node>();
        AddAll(nodes, operand.AsDocument);
        return Not(new AndNode([.. nodes]));
    }

    private Node All(BsonValueRef operand)
    {
        if (!operand.IsArray)
            throw CommandException.BadValue("$all needs an array");
        var nodes = new List<Node>();
        foreach (var item in operand.AsDocument)
        {
            if (!IsOperators(item.Value))
            {
                nodes.Add(On(item.Value.Type == BsonType.RegularExpression ? RegexTest.From(item.Value) : Equality(item.Value)));
                continue;
            }

            var elemMatch = item.Value.AsDocument.Find("$elemMatch"u8);
            if (elemMatch.IsMissing || item.Value.AsDocument.Count() > 1)
                throw CommandException.BadValue("no $ expressions in $all");
            nodes.Add(On(ElemMatch(elemMatch)));
        }

        return nodes.Count switch
        {
            0 => On(new NothingTest()),
            1 => nodes[0],
            _ => new AndNode([.. nodes]),
        };
    }

    private ValueTest ElemMatch(BsonValueRef operand)
    {
        if (!operand.IsDocument)
            throw CommandException.BadValue("$elemMatch needs an Object");
        var query = operand.AsDocument;
        if (!IsOperators(operand) || Has(query, "$and"u8) || Has(query, "$or"u8) || Has(query, "$nor"u8))
            return new ElemMatchDocument(parser.Query(query), ++parser.ElemMatches);
        var nodes = new List<Node>();
        AddAll(nodes, query);
        return new ElemMatchValue([.. nodes], ++parser.ElemMatches);
    }

    private static bool Has(RawDocument document, ReadOnlySpan<byte> name) => !document.Find(name).IsMissing;

    private static bool IsTrue(BsonValueRef value) =>
        !value.IsNullish && (value.Type != BsonType.Boolean || value.AsBoolean) && !(value.IsNumber && BsonNumber.ToDouble(value) == 0);
}
