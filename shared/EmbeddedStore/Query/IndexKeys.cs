using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>
/// The keys of a document in one index, as bytes in <see cref="KeyEncoding"/> (a descending field's bytes are inverted). A missing field is null,
/// an empty array undefined, an array one key an item (manual: "Multikey Indexes"). Keys are exact: equal bytes mean equal values, so a unique
/// index may compare them; only number types are gone, so an answer is read from the document, never from the key.
/// </summary>
internal sealed class IndexKeys
{
    private readonly FieldPath[] _paths;
    private readonly bool[] _descending;

    private IndexKeys(FieldPath[] paths, bool[] descending)
    {
        _paths = paths;
        _descending = descending;
        foreach (var path in paths)
            Mask |= MaskOf(path[0]);
    }

    /// <summary>A bit for each top-level field: two names may share one, so a common bit says only that there may be a common field.</summary>
    public ulong Mask { get; }

    public static ulong MaskOf(ReadOnlySpan<byte> field) => field.IsEmpty ? 1 : 1UL << ((field.Length + field[0] * 5 + field[^1] * 11) & 63);

    public IReadOnlyList<FieldPath> Paths => _paths;

    public IReadOnlyList<bool> Descending => _descending;

    /// <summary>Reads a key pattern such as <c>{ member: 1, at: -1 }</c>.</summary>
    public static IndexKeys Parse(RawDocument keyPattern)
    {
        var paths = new List<FieldPath>();
        var descending = new List<bool>();
        foreach (var element in keyPattern)
        {
            var name = element.Name;
            if (name.Length == 0 || name.StartsWith('.') || name.EndsWith('.') || name.Contains("..", StringComparison.Ordinal))
                throw new CommandException(67, "CannotCreateIndex", "Index keys cannot contain an empty field.");
            if (name.StartsWith('$') || name.Contains("$**", StringComparison.Ordinal))
                throw new CommandException(67, "CannotCreateIndex", $"Index key '{name}' is not supported: wildcard indexes and names that start with '$'");
            if (element.Value.IsString)
                throw new CommandException(67, "CannotCreateIndex", $"Unknown index plugin '{element.Value.AsString}'");
            if (!element.Value.IsNumber || BsonNumber.IsNaN(element.Value) || BsonNumber.ToDouble(element.Value) == 0)
                throw new CommandException(67, "CannotCreateIndex", "Values in the index key pattern must be numbers other than 0.");
            paths.Add(FieldPath.Parse(name));
            descending.Add(BsonNumber.ToDouble(element.Value) < 0);
        }

        if (paths.Count == 0)
            throw new CommandException(67, "CannotCreateIndex", "Index keys cannot be empty.");
        return new([.. paths], [.. descending]);
    }

    /// <summary>The document's keys, each once, in key order. Error 171 when two fields cross different arrays.</summary>
    /// <param name="document">A whole document.</param>
    /// <param name="multikey">A bit for each field that crosses an array.</param>
    public byte[][] Extract(RawDocument document, out ulong multikey)
    {
        multikey = 0;
        var flat = KeyBuffer.OfThread();
        return TryAppend(flat, document) ? [flat.ToArray()] : KeyExtraction.Run(_paths, _descending, document, out multikey);
    }

    /// <summary>Whether the document has at least one of the indexed fields: what a sparse index asks.</summary>
    public bool HasAnyField(RawDocument document)
    {
        foreach (var path in _paths)
            if (PathWalk.Exists(path, document))
                return true;
        return false;
    }

    /// <summary>Appends a field's part of the key, when the path crosses no array from the top-level field on; false when it does.</summary>
    public bool TryAppend(KeyBuffer key, int field, BsonValueRef value)
    {
        var path = _paths[field];
        for (var depth = 1; depth < path.Count && !value.IsArray; depth++)
            value = value.IsDocument ? value.AsDocument.Find(path[depth]) : BsonValueRef.Missing;
        if (value.IsArray)
            return false;
        var start = key.Length;
        KeyEncoding.Append(key, value.IsMissing ? BsonValueRef.Null : value);
        if (_descending[field])
            key.Invert(start);
        return true;
    }

    /// <summary>Appends the one key of a document whose indexed fields cross no array; false when one does.</summary>
    private bool TryAppend(KeyBuffer key, RawDocument document)
    {
        for (var i = 0; i < _paths.Length; i++)
            if (!TryAppend(key, i, document.Find(_paths[i][0])))
                return false;
        return true;
    }

    /// <summary>The key bytes of values given for the first fields, in the index's order.</summary>
    public byte[] Prefix(params ReadOnlySpan<BsonValueRef> values)
    {
        var key = new KeyBuffer();
        for (var i = 0; i < values.Length; i++)
        {
            var start = key.Length;
            KeyEncoding.Append(key, values[i].IsMissing ? BsonValueRef.Null : values[i]);
            if (_descending[i])
                key.Invert(start);
        }

        return key.ToArray();
    }
}
