using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Query;

/// <summary>Reads a query document into nodes; what one path is asked is read by <see cref="PredicateParser"/>.</summary>
internal sealed class FilterParser
{
    public int ElemMatches { get; set; }

    public static Node Parse(RawDocument query) => new FilterParser().Query(query);

    public Node Query(RawDocument query)
    {
        var nodes = new List<Node>();
        foreach (var element in query)
        {
            var name = element.Name;
            if (name.StartsWith('$'))
                AddLogical(nodes, name, element.Value);
            else
                AddField(nodes, FieldPath.Parse(name), element.Value);
        }

        return nodes.Count == 1 ? nodes[0] : new AndNode([.. nodes]);
    }

    private void AddLogical(List<Node> nodes, string name, BsonValueRef operand)
    {
        switch (Scope.QueryOperators.Contains(name) ? name : "")
        {
            case "$and":
                nodes.Add(new AndNode(Clauses(name, operand)));
                break;
            case "$or":
                nodes.Add(new OrNode(Clauses(name, operand)));
                break;
            case "$nor":
                nodes.Add(new NorNode(Clauses(name, operand)));
                break;
            case "$comment":
                break;
            default:
                throw CommandException.BadValue($"unknown top level operator: {name}");
        }
    }

    private Node[] Clauses(string name, BsonValueRef operand)
    {
        if (!operand.IsArray)
            throw CommandException.BadValue($"{name} must be an array");
        var clauses = new List<Node>();
        foreach (var clause in operand.AsDocument)
            clauses.Add(clause.Value.IsDocument
                ? Query(clause.Value.AsDocument)
                : throw CommandException.BadValue($"{name} entries need to be full objects"));
        return clauses.Count > 0 ? [.. clauses] : throw CommandException.BadValue("$and/$or/$nor must be a nonempty array");
    }

    private void AddField(List<Node> nodes, FieldPath path, BsonValueRef value)
    {
        if (value.Type == BsonType.RegularExpression)
            nodes.Add(new PathNode(path, RegexTest.From(value)));
        else if (PredicateParser.IsOperators(value))
            new PredicateParser(this, path).AddAll(nodes, value.AsDocument);
        else
            nodes.Add(new PathNode(path, PredicateParser.Equality(value)));
    }
}
