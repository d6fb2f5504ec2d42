using EmbeddedStore.Bson;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>Replies that say ok.</summary>
internal static class Answer
{
    public static Reply Ok(Action<DocumentWriter> write, int size = 256) => Reply.Of(reply =>
    {
        write(reply);
        reply.Write("ok", 1.0);
    }, size);

    /// <summary>The first or a later batch of a cursor.</summary>
    public static Reply Batch(string ns, long cursor, IReadOnlyList<ReadOnlyMemory<byte>> documents, bool first)
    {
        var size = 200 + ns.Length;
        foreach (var document in documents)
            size += document.Length + 8;
        return Ok(reply =>
        {
            var body = reply.BeginDocument("cursor");
            var batch = reply.BeginArray(first ? "firstBatch" : "nextBatch");
            for (var i = 0; i < documents.Count; i++)
                reply.Write(i, BsonValueRefs.Document(documents[i]));
            reply.End(batch);
            reply.Write("id", cursor);
            reply.Write("ns", ns);
            reply.End(body);
        }, size);
    }
}
