using EmbeddedStore.Bson;

namespace EmbeddedStore.Aggregation;

/// <summary>What a projection says of a field.</summary>
internal enum ProjectionKind
{
    Include,
    Exclude,
    Compute,
}

/// <summary>
/// The fields of $project or a find projection. What stays keeps the document's order; what is computed comes behind (manual: "$project").
/// </summary>
internal sealed class ProjectionTree
{
    private readonly OrderedDictionary<string, Node> _fields = new(StringComparer.Ordinal);
    private readonly bool _keepsOthers;

    public ProjectionTree(bool keepsOthers) => _keepsOthers = keepsOthers;

    public void Add(FieldPath path, ProjectionKind kind, Expression? expression)
    {
        var tree = this;
        for (var depth = 0; depth < path.Count - 1; depth++)
        {
            if (!tree._fields.TryGetValue(path.Names[depth], out var node))
                tree._fields.Add(path.Names[depth], node = new(null, null, new(_keepsOthers)));
            tree = node.Below ?? throw Collision(path);
        }

        if (!tree._fields.TryAdd(path.Names[^1], new(kind, expression, null)))
            throw Collision(path);
    }

    public byte[] Apply(RawDocument document)
    {
        var writer = new DocumentWriter(document.Length + 64);
        Write(writer, document, document);
        return writer.ToArray();
    }

    private void Write(DocumentWriter writer, RawDocument document, RawDocument root)
    {
        var start = writer.BeginDocument();
        HashSet<string>? placed = null;
        foreach (var element in document)
        {
            var node = Find(element.NameBytes, out var name);
            if (node is null ? _keepsOthers : node.Kind == ProjectionKind.Include)
                writer.Write(element);
            else if (node?.Below is { } below && below.Kept(element.Value, root) is { IsMissing: false } kept)
            {
                writer.Write(element.NameBytes, kept);
                (placed ??= new(StringComparer.Ordinal)).Add(name);
            }
        }

        foreach (var (name, node) in _fields)
            if (placed?.Contains(name) != true)
                writer.Write(name, node.Kind == ProjectionKind.Compute ? node.Expression!.Evaluate(root)
                    : node.Below is { } below && below.Computes ? below.Made(root)
                    : BsonValueRef.Missing);
        writer.End(start);
    }

    private bool Computes => _fields.Values.Any(node => node.Kind == ProjectionKind.Compute || node.Below is { Computes: true });

    /// <summary>What stays of a value that paths go into: of a document its fields, of an array its items; a scalar only where all else stays.</summary>
    private BsonValueRef Kept(BsonValueRef value, RawDocument root)
    {
        if (value.IsDocument)
            return Written(value.AsDocument, root);
        if (value.IsArray)
            return BsonArrays.Of([.. BsonArrays.ItemsOf(value).Select(item => Kept(item, root)).Where(item => !item.IsMissing)]);
        if (Computes)
            return Made(root);
        return _keepsOthers ? value : BsonValueRef.Missing;
    }

    private BsonValueRef Made(RawDocument root) => Written(RawDocument.Empty, root);

    private BsonValueRef Written(RawDocument document, RawDocument root)
    {
        var writer = new DocumentWriter();
        Write(writer, document, root);
        return BsonValueRef.FromDocument(writer.ToArray());
    }

    private Node? Find(ReadOnlySpan<byte> name, out string text)
    {
        foreach (var (key, node) in _fields)
            if (node.IsNamed(name, key))
            {
                text = key;
                return node;
            }

        text = "";
        return null;
    }

    private static CommandException Collision(FieldPath path) =>
        CommandException.Location(31250, $"Path collision at {path}");

    private sealed record Node(ProjectionKind? Kind, Expression? Expression, ProjectionTree? Below)
    {
        private byte[]? _utf8;

        public bool IsNamed(ReadOnlySpan<byte> name, string key) => name.SequenceEqual(_utf8 ??= System.Text.Encoding.UTF8.GetBytes(key));
    }
}
