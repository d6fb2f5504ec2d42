using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Indexes
{
    public static async ValueTask<Reply> CreateAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        var definitions = call.Documents("indexes").Select(IndexDefinition.Parse).ToList();
        return await Task.Run(async () => await call.Store.WriteAsync(writer => Create(writer, ns, definitions)));
    }

    public static async ValueTask<Reply> DropAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return await call.Store.WriteAsync(writer =>
        {
            if (writer.Find(ns) is not { } collection)
                throw Namespaces.NotFound(ns);
            var before = collection.Indexes.Count;
            foreach (var name in Chosen(collection, call["index"]))
                writer.DropIndex(collection, name);
            return Answer.Ok(reply => reply.Write("nIndexesWas", before));
        });
    }

    public static ValueTask<Reply> ListAsync(Call call)
    {
        if (!call.Store.Contains(call.Namespace))
            throw Namespaces.NotFound(call.Namespace);
        var specs = call.Store.Read(call.Namespace).Indexes.Select(index => index.Definition.Spec.Memory);
        return Reading.OfferAsync(call, $"{call.Database}.$cmd.listIndexes.{call.CollectionName}", null, Reading.BatchSize(call), single: false, _ => specs);
    }

    private static Reply Create(StoreWriter writer, string ns, List<IndexDefinition> definitions)
    {
        var existed = writer.Find(ns) is not null;
        var collection = writer.Ensure(ns);
        var before = collection.Indexes.Count;
        foreach (var definition in definitions)
            if (!Exists(collection, definition))
                writer.AddIndex(collection, definition);
        return Answer.Ok(reply =>
        {
            reply.Write("numIndexesBefore", before);
            reply.Write("numIndexesAfter", collection.Indexes.Count);
            reply.Write("createdCollectionAutomatically", !existed);
            if (before == collection.Indexes.Count)
                reply.Write("note", "all indexes already exist");
        });
    }

    private static bool Exists(Collection collection, IndexDefinition wanted)
    {
        foreach (var index in collection.Indexes.Select(index => index.Definition))
        {
            var sameKey = index.KeyPattern.Bytes.SequenceEqual(wanted.KeyPattern.Bytes);
            if (index.IsId && sameKey)
                return true;
            if (index.Name == wanted.Name)
                return index.Spec.Bytes.SequenceEqual(wanted.Spec.Bytes)
                    ? true
                    : throw new CommandException(86, "IndexKeySpecsConflict", $"An existing index has the same name as the requested index, but another definition: {wanted.Name}");
            if (sameKey && index.Spec.Find("partialFilterExpression"u8).SameBytesAs(wanted.Spec.Find("partialFilterExpression"u8)))
                throw new CommandException(85, "IndexOptionsConflict", $"Index already exists with a different name: {index.Name}");
        }
        if (collection.Indexes.Count == Limits.Indexes)
            throw IndexDefinition.Refuse($"add index fails, too many indexes for {collection.Namespace}");
        return false;
    }

    private static List<string> Chosen(Collection collection, BsonValueRef index)
    {
        var names = collection.Indexes.Where(existing => !existing.Definition.IsId);
        if (index.IsString && index.AsString == "*")
            return [.. names.Select(existing => existing.Definition.Name)];
        var wanted = collection.Indexes.FirstOrDefault(existing => index.IsString
            ? existing.Definition.Name == index.AsString
            : index.IsDocument && existing.Definition.KeyPattern.Bytes.SequenceEqual(index.Bytes))
            ?? throw new CommandException(27, "IndexNotFound", $"index not found with name [{index}]");
        return wanted.Definition.IsId ? throw new CommandException(72, "InvalidOptions", "cannot drop _id index") : [wanted.Definition.Name];
    }
}
