using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Query;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>Databases and collections: they exist from their first document on.</summary>
internal static class Namespaces
{
    public static CommandException NotFound(string ns) => new(26, "NamespaceNotFound", $"ns does not exist: {ns}");

    public static async ValueTask<Reply> CreateAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return await call.Store.WriteAsync(writer =>
        {
            if (writer.Find(ns) is null)
                writer.Ensure(ns);
            else
                throw new CommandException(48, "NamespaceExists", $"Collection {ns} already exists.");
            return Answer.Ok(_ => { });
        });
    }

    public static async ValueTask<Reply> DropAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return await call.Store.WriteAsync(writer =>
        {
            if (writer.Find(ns) is not { } collection)
                return Answer.Ok(_ => { });
            writer.Drop(collection);
            return Answer.Ok(reply =>
            {
                reply.Write("nIndexesWas", collection.Indexes.Count);
                reply.Write("ns", ns);
            });
        });
    }

    public static async ValueTask<Reply> DropDatabaseAsync(Call call) => await call.Store.WriteAsync(writer =>
    {
        foreach (var collection in writer.All.Where(collection => DatabaseOf(collection.Namespace) == call.Database).ToList())
            writer.Drop(collection);
        return Answer.Ok(reply => reply.Write("dropped", call.Database));
    });

    public static ValueTask<Reply> ListCollectionsAsync(Call call)
    {
        var filter = Filter.Parse(call.DocumentOr("filter", RawDocument.Empty));
        var nameOnly = call.Flag("nameOnly");
        var described = call.Store.All
            .Where(view => DatabaseOf(view.Namespace) == call.Database)
            .OrderBy(view => view.Namespace, StringComparer.Ordinal)
            .Select(view => Describe(view, nameOnly))
            .Where(document => filter.Matches(document))
            .Select(document => (ReadOnlyMemory<byte>)document);
        return Reading.OfferAsync(call, $"{call.Database}.$cmd.listCollections", null, Reading.BatchSize(call), single: false, _ => described);
    }

    public static Reply ListDatabases(Call call)
    {
        var filter = Filter.Parse(call.DocumentOr("filter", RawDocument.Empty));
        var nameOnly = call.Flag("nameOnly");
        var databases = call.Store.All
            .GroupBy(view => DatabaseOf(view.Namespace), view => view.DataBytes, StringComparer.Ordinal)
            .Select(group => (Bytes: group.Sum(), Document: Describe(group.Key, group.Sum(), nameOnly)))
            .Where(database => filter.Matches(database.Document))
            .ToList();
        return Answer.Ok(reply =>
        {
            var array = reply.BeginArray("databases");
            for (var i = 0; i < databases.Count; i++)
                reply.Write(i, BsonValueRef.FromDocument(databases[i].Document));
            reply.End(array);
            if (!nameOnly)
                reply.Write("totalSize", databases.Sum(database => database.Bytes));
        });
    }

    public static string DatabaseOf(string ns) => ns[..ns.IndexOf('.', StringComparison.Ordinal)];

    private static byte[] Describe(CollectionView view, bool nameOnly) => DocumentWriter.Build(document =>
    {
        document.Write("name", view.Namespace[(DatabaseOf(view.Namespace).Length + 1)..]);
        document.Write("type", "collection");
        if (nameOnly)
            return;
        document.Write("options", RawDocument.Empty);
        var info = document.BeginDocument("info");
        document.Write("readOnly", false);
        document.End(info);
        document.Write("idIndex", view.IdIndex.Definition.Spec);
    });

    private static byte[] Describe(string database, long bytes, bool nameOnly) => DocumentWriter.Build(document =>
    {
        document.Write("name", database);
        if (nameOnly)
            return;
        document.Write("sizeOnDisk", bytes);
        document.Write("empty", bytes == 0);
    });
}
