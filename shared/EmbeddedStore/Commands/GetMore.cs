using EmbeddedStore.Bson;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class GetMore
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var id = call.Body.At(0);
        var collection = call["collection"];
        if (!id.IsNumber || !BsonNumber.TryWhole(id, out var number))
            throw Call.Wrong("getMore", id);
        if (!collection.IsString)
            throw Call.Wrong("collection", collection);
        var cursor = call.Server.Cursors.Take(number, $"{call.Database}.{collection.AsString}");
        var size = call.Bounded("batchSize", 0);
        return Reading.RunAsync(call, null, () =>
        {
            var batch = new List<ReadOnlyMemory<byte>>();
            var more = false;
            try
            {
                more = cursor.Fill(batch, size == 0 ? long.MaxValue : size, call);
            }
            finally
            {
                if (!more)
                    cursor.Dispose();
            }
            if (more)
                call.Server.Cursors.PutBack(cursor);
            return Answer.Batch(cursor.Namespace, more ? cursor.Id : 0, batch, first: false);
        });
    }

    public static Reply Kill(Call call)
    {
        var ids = call["cursors"];
        if (!ids.IsArray)
            throw Call.Wrong("cursors", ids);
        var killed = new List<BsonValueRef>();
        var unknown = new List<BsonValueRef>();
        foreach (var id in ids.AsDocument)
            (id.Value.IsNumber && call.Server.Cursors.Kill(BsonNumber.Long(id.Value)) ? killed : unknown).Add(id.Value);
        return Answer.Ok(reply =>
        {
            Write(reply, "cursorsKilled", killed);
            Write(reply, "cursorsNotFound", unknown);
            Write(reply, "cursorsAlive", []);
            Write(reply, "cursorsUnknown", []);
        });
    }

    private static void Write(DocumentWriter reply, string name, List<BsonValueRef> ids)
    {
        var array = reply.BeginArray(name);
        for (var i = 0; i < ids.Count; i++)
            reply.Write(i, ids[i]);
        reply.End(array);
    }
}
