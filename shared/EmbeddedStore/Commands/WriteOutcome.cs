using EmbeddedStore.Bson;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>Sums up the statements of one write command.</summary>
internal sealed class WriteOutcome
{
    private readonly List<(int Index, Exception Error)> errors = [];
    private readonly List<(int Index, RawDocument Id)> upserted = [];
    private long matched;
    private long modified;

    public void Add(int index, WriteCount count)
    {
        matched += count.Matched;
        modified += count.Modified;
        if (count.Upserted is { } id)
            upserted.Add((index, id));
    }

    public void Add(int index, Exception error) => errors.Add((index, error));

    /// <param name="withModified">An update tells how many documents it changed, not only how many it found.</param>
    public Reply Reply(bool withModified) => Answer.Ok(reply =>
    {
        reply.Write("n", (int)matched);
        if (withModified)
            reply.Write("nModified", (int)modified);
        WriteUpserted(reply);
        WriteErrors(reply);
    });

    private void WriteUpserted(DocumentWriter reply)
    {
        if (upserted.Count == 0)
            return;
        var array = reply.BeginArray("upserted");
        for (var i = 0; i < upserted.Count; i++)
        {
            var start = reply.BeginDocument(i);
            reply.Write("index", upserted[i].Index);
            reply.Write("_id", upserted[i].Id.Find("_id"u8));
            reply.End(start);
        }
        reply.End(array);
    }

    private void WriteErrors(DocumentWriter reply)
    {
        if (errors.Count == 0)
            return;
        var array = reply.BeginArray("writeErrors");
        for (var i = 0; i < errors.Count; i++)
            ErrorReply.WriteStatement(reply, i, errors[i].Index, errors[i].Error);
        reply.End(array);
    }
}
