using EmbeddedStore.Bson;

namespace EmbeddedStore.Query;

/// <summary>Walks all paths of an index at once, so that fields below one array are taken from the same item.</summary>
internal sealed class KeyExtraction
{
    private readonly FieldPath[] _paths;
    private readonly bool[] _descending;
    private readonly List<byte[]> _keys = [];
    private readonly KeyBuffer _key = new();
    private ulong _multikey;

    private KeyExtraction(FieldPath[] paths, bool[] descending)
    {
        _paths = paths;
        _descending = descending;
    }

    public static byte[][] Run(FieldPath[] paths, bool[] descending, RawDocument document, out ulong multikey)
    {
        var extraction = new KeyExtraction(paths, descending);
        var state = new FieldState[paths.Length];
        Array.Fill(state, FieldState.At(BsonValueRef.FromDocument(document), 0));
        extraction.Expand(state);
        multikey = extraction._multikey;
        if (extraction._keys.Count == 1)
            return [extraction._keys[0]];
        extraction._keys.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return [.. extraction._keys.Distinct(KeyComparer.Instance)];
    }

    /// <summary>Goes down until values or one array stand there; the array's items are each gone into in turn.</summary>
    private void Expand(FieldState[] state)
    {
        var array = BsonValueRef.Missing;
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = state[i].Descend(_paths[i]);
            if (!state[i].Value.IsArray || state[i].Done)
                continue;
            if (!array.IsMissing && (array.Offset != state[i].Value.Offset || array.Buffer != state[i].Value.Buffer))
                throw CommandException.ParallelArrays($"cannot index parallel arrays [{_paths[i].Names[^1]}]");
            array = state[i].Value;
        }

        if (array.IsMissing)
        {
            Emit(state);
            return;
        }

        for (var i = 0; i < state.Length; i++)
            if (IsSame(state[i], array))
                _multikey |= 1UL << i;

        if (array.AsDocument.IsEmpty)
        {
            for (var i = 0; i < state.Length; i++)
                if (IsSame(state[i], array))
                    state[i] = state[i].Below(_paths[i]) ? FieldState.Final(BsonValueRef.Null) : FieldState.Final(BsonValueRef.Undefined);
            Expand(state);
            return;
        }

        ExpandItems(state, array);
    }

    private void ExpandItems(FieldState[] state, BsonValueRef array)
    {
        foreach (var item in array.AsDocument)
        {
            var next = (FieldState[])state.Clone();
            for (var i = 0; i < next.Length; i++)
                if (IsSame(next[i], array))
                    next[i] = next[i].Into(_paths[i], array.AsDocument, item.Value);
            Expand(next);
        }
    }

    private static bool IsSame(FieldState state, BsonValueRef array) =>
        !state.Done && state.Value.IsArray && state.Value.Offset == array.Offset && state.Value.Buffer == array.Buffer;

    private void Emit(FieldState[] state)
    {
        _key.Truncate(0);
        for (var i = 0; i < state.Length; i++)
        {
            var start = _key.Length;
            KeyEncoding.Append(_key, state[i].Value.IsMissing ? BsonValueRef.Null : state[i].Value);
            if (_descending[i])
                _key.Invert(start);
        }

        _keys.Add(_key.ToArray());
    }

    /// <summary>How far one path has come: the value reached, and how many of the path's parts lie behind it.</summary>
    private readonly record struct FieldState(BsonValueRef Value, int Depth, bool Done)
    {
        public static FieldState At(BsonValueRef value, int depth) => new(value, depth, false);

        public static FieldState Final(BsonValueRef value) => new(value, 0, true);

        public bool Below(FieldPath path) => Depth < path.Count;

        public FieldState Descend(FieldPath path)
        {
            if (Done)
                return this;
            var value = Value;
            var depth = Depth;
            while (depth < path.Count && value.IsDocument)
                value = value.AsDocument.Find(path[depth++]);
            if (value.IsArray)
                return At(value, depth);
            return Final(depth < path.Count ? BsonValueRef.Missing : value);
        }

        /// <summary>Into one item; a numeric part picks its item for every key, when no item has a field of that name.</summary>
        public FieldState Into(FieldPath path, RawDocument array, BsonValueRef item)
        {
            if (Depth == path.Count)
                return Final(item);
            var index = path.IndexAt(Depth);
            if (index >= 0 && !AnyItemHas(array, path[Depth]))
            {
                var picked = array.At(index);
                return Depth + 1 == path.Count || picked.IsArray || picked.IsDocument ? At(picked, Depth + 1) : Final(BsonValueRef.Missing);
            }

            return item.IsDocument ? At(item, Depth) : Final(BsonValueRef.Missing);
        }

        private static bool AnyItemHas(RawDocument array, ReadOnlySpan<byte> name)
        {
            foreach (var item in array)
                if (item.Value.IsDocument && !item.Value.AsDocument.Find(name).IsMissing)
                    return true;
            return false;
        }
    }
}
