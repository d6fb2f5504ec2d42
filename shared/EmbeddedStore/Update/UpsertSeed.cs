using EmbeddedStore.Bson;
using EmbeddedStore.Query;

namespace EmbeddedStore.Update;

/// <summary>The document an upsert starts from: the filter's equalities (manual: "db.collection.updateOne(), Upsert with Dotted _id Query" and around).</summary>
internal static class UpsertSeed
{
    public static byte[] From(Filter filter, bool onlyId)
    {
        var root = new Branch();
        foreach (var (path, value) in filter.Equalities())
            if (!onlyId || path.Names[0] == "_id")
                Add(root, path, value);
        return DocumentWriter.Build(root.WriteFields);
    }

    private static void Add(Branch root, FieldPath path, BsonValueRef value)
    {
        var branch = root;
        for (var depth = 0; depth < path.Count - 1; depth++)
        {
            if (!branch.Fields.TryGetValue(path.Names[depth], out var next))
                branch.Fields.Add(path.Names[depth], next = new Branch());
            branch = next as Branch ?? throw Twice(path);
        }

        if (!branch.Fields.TryAdd(path.Names[^1], value))
            throw Twice(path);
    }

    private static CommandException Twice(FieldPath path) =>
        new(54, "NotSingleValueField", $"cannot infer query fields to set, path '{path}' is matched twice");

    private sealed class Branch
    {
        public OrderedDictionary<string, object> Fields { get; } = new(StringComparer.Ordinal);

        public void WriteFields(DocumentWriter writer)
        {
            foreach (var (name, field) in Fields)
            {
                if (field is BsonValueRef value)
                {
                    writer.Write(name, value);
                    continue;
                }

                var start = writer.BeginDocument(name);
                ((Branch)field).WriteFields(writer);
                writer.End(start);
            }
        }
    }
}
