using EmbeddedStore.Bson;

namespace EmbeddedStore.Update;

/// <summary>One update applied to one document: copies it, changing what the tree names.</summary>
internal sealed class UpdateRun(ArrayFilters filters, BsonValueRef id, int positional, int capacity)
{
    private const int MostPadding = 1_500_000;
    private readonly DocumentWriter _writer = new(capacity);

    public bool Changed { get; private set; }

    public byte[] Apply(UpdateNode root, RawDocument document)
    {
        var start = _writer.BeginDocument();
        Fields(root, document);
        _writer.End(start);
        return _writer.ToArray();
    }

    private void Fields(UpdateNode node, RawDocument document)
    {
        Span<bool> met = stackalloc bool[Math.Min(node.Children.Count, 256)];
        if (node.Children.Count > met.Length)
            met = new bool[node.Children.Count];
        foreach (var element in document)
        {
            var at = IndexOf(node, element.NameBytes);
            if (at < 0)
            {
                _writer.Write(element);
                continue;
            }

            met[at] = true;
            var value = Value(node.Children[at].Node, element.Value, element.Name);
            Note(element.Value, value);
            _writer.Write(element.NameBytes, value);
        }

        for (var i = 0; i < node.Children.Count; i++)
            if (!met[i])
                Note(BsonValueRef.Missing, Created(node.Children[i].Node, node.Children[i].Name));
    }

    private static int IndexOf(UpdateNode node, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < node.Children.Count; i++)
            if (name.SequenceEqual(node.Children[i].Utf8))
                return i;
        return -1;
    }

    private void Note(BsonValueRef before, BsonValueRef after) => Changed |= !before.SameBytesAs(after);

    /// <summary>What stands in a place that is there.</summary>
    private BsonValueRef Value(UpdateNode node, BsonValueRef current, string name)
    {
        if (node.Op is not null)
            return node.Op.Apply(current, new(node.Path, id));
        if (node.Children.Exists(child => child.Name.StartsWith('$')) && !current.IsArray)
            throw CommandException.BadValue($"Cannot apply array updates to non-array element {name}: {current}");
        if (current.IsDocument)
            return Nested(node, current.AsDocument);
        if (current.IsArray && !node.Children.Exists(child => child.Index < 0 && !child.Name.StartsWith('$') && child.Node.Creates))
            return Items(node, current);
        return node.Creates
            ? throw CommandException.PathNotViable($"Cannot create field '{node.Children.Find(child => child.Node.Creates)!.Name}' in element {{{name}: {current}}}")
            : current;
    }

    private BsonValueRef Nested(UpdateNode node, RawDocument document)
    {
        var start = _writer.Length;
        var root = _writer.BeginDocument();
        Fields(node, document);
        _writer.End(root);
        return Taken(start, isArray: false);
    }

    /// <summary>Takes back what was written, so that it can be written behind its name.</summary>
    private BsonValueRef Taken(int start, bool isArray)
    {
        var bytes = _writer.WrittenMemory[start..].ToArray();
        _writer.Truncate(start);
        return isArray ? BsonValueRef.FromArray(bytes) : BsonValueRef.FromDocument(bytes);
    }

    /// <summary>What is made where nothing was; missing when nothing is made. Writes the field.</summary>
    private BsonValueRef Created(UpdateNode node, string name)
    {
        var value = CreatedValue(node);
        if (!value.IsMissing)
            _writer.Write(name, value);
        return value;
    }

    private BsonValueRef CreatedValue(UpdateNode node)
    {
        if (node.Op is not null)
            return node.Op.Creates ? node.Op.Apply(BsonValueRef.Missing, new(node.Path, id)) : BsonValueRef.Missing;
        if (node.Children.Exists(child => child.Name.StartsWith('$')))
            throw CommandException.BadValue($"The path '{node.Path}' must exist in the document in order to apply array updates.");
        return node.Creates ? Nested(node, RawDocument.Empty) : BsonValueRef.Missing;
    }

    private BsonValueRef Items(UpdateNode node, BsonValueRef array)
    {
        var items = BsonArrays.ItemsOf(array);
        var changed = false;
        var count = items.Count;
        for (var i = 0; i < count; i++)
        {
            if (NodeFor(node, i, items[i]) is not { } child)
                continue;
            var value = Value(child, items[i], i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            value = value.IsMissing ? BsonValueRef.Null : value;
            changed |= !value.SameBytesAs(items[i]);
            items[i] = value;
        }

        foreach (var child in node.Children)
        {
            if (child.Index < count || !child.Node.Creates)
                continue;
            if (child.Index - count > MostPadding)
                throw CommandException.BadValue($"can't backfill array to larger than {MostPadding} elements");
            while (items.Count < child.Index)
                items.Add(BsonValueRef.Null);
            items.Add(CreatedValue(child.Node));
            changed = true;
        }

        return changed ? BsonArrays.Of(items) : array;
    }

    private UpdateNode? NodeFor(UpdateNode node, int index, BsonValueRef item)
    {
        UpdateNode? found = null;
        foreach (var child in node.Children)
        {
            if (!IsMeant(child, index, item))
                continue;
            found = found is null ? child.Node : found.MergedWith(child.Node);
        }

        return found;
    }

    private bool IsMeant(UpdateNode.Child child, int index, BsonValueRef item)
    {
        if (child.Index >= 0)
            return child.Index == index;
        if (child.Name == "$[]")
            return true;
        if (child.Name == "$")
            return positional >= 0
                ? positional == index
                : throw CommandException.BadValue("The positional operator did not find the match needed from the query.");
        return child.Name.StartsWith("$[", StringComparison.Ordinal) && filters.Matches(child.Name[2..^1], item);
    }
}
