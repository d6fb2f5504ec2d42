using EmbeddedStore.Bson;

namespace EmbeddedStore.Commands;

/// <summary>Replies that say ok.</summary>
internal static class Answer
{
    public static byte[] Ok(Action<DocumentWriter> write) => DocumentWriter.Build(reply =>
    {
        write(reply);
        reply.Write("ok", 1.0);
    });

    /// <summary>The first or a later batch of a cursor.</summary>
    public static byte[] Batch(string ns, long cursor, IReadOnlyList<ReadOnlyMemory<byte>> documents, bool first)
    {
        var size = 128;
        foreach (var document in documents)
            size += document.Length + 8;
        var reply = new DocumentWriter(size);
        var start = reply.BeginDocument();
        var body = reply.BeginDocument("cursor");
        var batch = reply.BeginArray(first ? "firstBatch" : "nextBatch");
        for (var i = 0; i < documents.Count; i++)
            reply.Write(i, BsonValueRefs.Document(documents[i]));
        reply.End(batch);
        reply.Write("id", cursor);
        reply.Write("ns", ns);
        reply.End(body);
        reply.Write("ok", 1.0);
        reply.End(start);
        return reply.ToArray();
    }
}
