using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Update;

/// <summary>The filters that <c>$[name]</c> stands for (manual: "$[&lt;identifier&gt;]").</summary>
internal sealed class ArrayFilters
{
    private readonly Dictionary<string, Filter> _filters = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private static readonly ArrayFilters None = new();

    public static ArrayFilters Parse(BsonValueRef source)
    {
        if (source.IsMissing)
            return None;
        var filters = new ArrayFilters();
        if (!source.IsArray)
            throw CommandException.TypeMismatch("arrayFilters must be an array");
        foreach (var item in source.AsDocument)
        {
            if (!item.Value.IsDocument)
                throw CommandException.TypeMismatch("each of arrayFilters must be a document");
            var names = new HashSet<string>(StringComparer.Ordinal);
            CollectNames(item.Value.AsDocument, names);
            if (names.Count != 1)
                throw CommandException.FailedToParse(names.Count == 0
                    ? "Cannot use an expression without a top-level field name in arrayFilters"
                    : $"Error parsing array filter :: caused by :: Expected a single top-level field name, found '{names.First()}' and '{names.ElementAt(1)}'");
            var name = names.Single();
            if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
                throw CommandException.BadValue($"Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '{name}'");
            if (!filters._filters.TryAdd(name, Filter.Parse(item.Value.AsDocument)))
                throw CommandException.FailedToParse($"Found multiple array filters with the same top-level field name {name}");
        }

        return filters;
    }

    public void Use(string name, string path)
    {
        if (!_filters.ContainsKey(name))
            throw CommandException.BadValue($"No array filter found for identifier '{name}' in path '{path}'");
        _used.Add(name);
    }

    public void RequireAllUsed(RawDocument update)
    {
        foreach (var name in _filters.Keys)
            if (!_used.Contains(name))
                throw CommandException.FailedToParse($"The array filter for identifier '{name}' was not used in the update {update}");
    }

    /// <summary>The filter names the item as its top-level field.</summary>
    public bool Matches(string name, BsonValueRef item)
    {
        var wrapped = DocumentWriter.Build(writer => writer.Write(name, item));
        return _filters[name].Matches(wrapped);
    }

    private static void CollectNames(RawDocument filter, HashSet<string> names)
    {
        foreach (var element in filter)
        {
            if (!element.NameBytes.StartsWith("$"u8))
                names.Add(element.Name.Split('.')[0]);
            else if (element.Value.IsArray)
                foreach (var clause in element.Value.AsDocument)
                    if (clause.Value.IsDocument)
                        CollectNames(clause.Value.AsDocument, names);
        }
    }
}
