using EmbeddedStore.Bson;
using EmbeddedStore.Update;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class Insert
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return Writing.RunAsync(call, call.Documents("documents"), Prepare, _ => null, (writer, document) =>
        {
            writer.Insert(writer.Ensure(ns), document);
            return new WriteCount(1);
        });
    }

    private static RawDocument Prepare(RawDocument document)
    {
        DocumentChecks.Check(document);
        return UpdateSpec.WithId(document.Memory);
    }
}
