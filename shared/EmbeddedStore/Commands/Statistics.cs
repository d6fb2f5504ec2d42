using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Statistics
{
    public static Reply OfDatabase(Call call)
    {
        var scale = call.Whole("scale", 1);
        if (scale <= 0)
            throw CommandException.BadValue("scale has to be > 0");
        var views = call.Store.All.Where(view => Namespaces.DatabaseOf(view.Namespace) == call.Database).ToList();
        var (objects, bytes) = (views.Sum(view => view.Records.Count), views.Sum(view => view.DataBytes));
        return Answer.Ok(reply =>
        {
            reply.Write("db", call.Database);
            reply.Write("collections", views.Count);
            reply.Write("views", 0);
            reply.Write("objects", objects);
            reply.Write("avgObjSize", objects == 0 ? 0.0 : (double)bytes / objects);
            reply.Write("dataSize", bytes / scale);
            reply.Write("storageSize", bytes / scale);
            reply.Write("indexes", views.Sum(view => view.Indexes.Length));
            reply.Write("scaleFactor", scale);
        });
    }
}
