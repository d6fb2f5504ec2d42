using EmbeddedStore.Bson;
using EmbeddedStore.Collections;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Statistics
{
    public static Reply OfDatabase(Call call)
    {
        var scale = Scale(call);
        var views = call.Store.All.Where(view => Namespaces.DatabaseOf(view.Namespace) == call.Database).ToList();
        return Answer.Ok(reply =>
        {
            reply.Write("db", call.Database);
            reply.Write("collections", views.Count);
            reply.Write("views", 0);
            reply.Write("objects", views.Sum(view => view.Records.Count));
            WriteSizes(reply, views, scale);
            reply.Write("indexes", views.Sum(view => view.Indexes.Length));
            reply.Write("scaleFactor", scale);
        });
    }

    public static Reply OfCollection(Call call)
    {
        var scale = Scale(call);
        var view = call.Store.Read(call.Namespace);
        return Answer.Ok(reply =>
        {
            reply.Write("ns", call.Namespace);
            reply.Write("count", view.Records.Count);
            reply.Write("size", view.DataBytes / scale);
            WriteSizes(reply, [view], scale);
            reply.Write("nindexes", view.Indexes.Length);
            reply.Write("scaleFactor", scale);
        });
    }

    private static long Scale(Call call)
    {
        var scale = call.Whole("scale", 1);
        return scale > 0 ? scale : throw CommandException.BadValue("scale has to be > 0");
    }

    private static void WriteSizes(DocumentWriter reply, IReadOnlyCollection<CollectionView> views, long scale)
    {
        var objects = views.Sum(view => view.Records.Count);
        var bytes = views.Sum(view => view.DataBytes);
        reply.Write("avgObjSize", objects == 0 ? 0.0 : (double)bytes / objects);
        reply.Write("dataSize", bytes / scale);
        reply.Write("storageSize", bytes / scale);
    }
}
