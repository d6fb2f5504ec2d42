using EmbeddedStore.Bson;
using MongoDB.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>
/// Reads a projection: it either names what stays or what goes, _id apart. In find nothing may be computed.
/// </summary>
internal sealed class ProjectionParser(bool computes)
{
    private readonly List<(FieldPath Path, ProjectionKind Kind, Expression? Expression)> _fields = [];
    private bool? _includesId;

    public ProjectionTree Parse(RawDocument source)
    {
        Collect(source, "");
        var includes = _fields.Exists(field => field.Kind != ProjectionKind.Exclude);
        var excludes = _fields.Find(field => field.Kind == ProjectionKind.Exclude).Path;
        if (includes && excludes is not null)
            throw _fields[0].Kind == ProjectionKind.Exclude
                ? CommandException.Location(31253, $"Cannot do inclusion on field {_fields.Find(field => field.Kind != ProjectionKind.Exclude).Path} in exclusion projection")
                : CommandException.Location(31254, $"Cannot do exclusion on field {excludes} in inclusion projection");
        var isInclusion = includes || (_includesId == true && excludes is null);
        var tree = new ProjectionTree(keepsOthers: !isInclusion);
        var id = FieldPath.Parse("_id");
        var namesId = _fields.Exists(field => field.Path.Names[0] == "_id");
        if (isInclusion && _includesId != false && !namesId)
            tree.Add(id, ProjectionKind.Include, null);
        if (!isInclusion && _includesId == false)
            tree.Add(id, ProjectionKind.Exclude, null);
        foreach (var (path, kind, expression) in _fields)
            tree.Add(path, kind, expression);
        return tree;
    }

    private void Collect(RawDocument source, string prefix)
    {
        foreach (var element in source)
        {
            var name = element.Name;
            Check(name);
            Field(FieldPath.Parse(prefix + name), element.Value);
        }
    }

    private void Field(FieldPath path, BsonValueRef value)
    {
        if (value.IsNumber || value.Type == BsonType.Boolean)
        {
            var kind = IsTrue(value) ? ProjectionKind.Include : ProjectionKind.Exclude;
            if (path.Text == "_id")
                _includesId = kind == ProjectionKind.Include;
            else
                _fields.Add((path, kind, null));
            return;
        }

        if (value.IsDocument && !value.AsDocument.IsEmpty && !Query.PredicateParser.IsOperators(value))
        {
            Collect(value.AsDocument, path.Text + ".");
            return;
        }

        if (!computes)
            throw CommandException.NotImplemented($"a find projection can only include and exclude fields; {path}: {value} is not supported");
        _fields.Add((path, ProjectionKind.Compute, ExpressionParser.Parse(value)));
    }

    private static bool IsTrue(BsonValueRef value) => value.Type == BsonType.Boolean ? value.AsBoolean : BsonNumber.ToDouble(value) != 0;

    private static void Check(string name)
    {
        if (name.Length == 0)
            throw CommandException.Location(40352, "FieldPath cannot be constructed with empty string");
        if (name.EndsWith('.') || name.StartsWith('.') || name.Contains("..", StringComparison.Ordinal))
            throw CommandException.Location(40353, "FieldPath must not end with a '.'.");
        if (name.Split('.').Any(part => part == "$"))
            throw CommandException.NotImplemented($"positional projection '{name}' is not supported");
        if (name.Split('.').Any(part => part.StartsWith('$')))
            throw CommandException.Location(16410, $"FieldPath field names may not start with '$'. given: {name}");
    }
}
