using EmbeddedStore.Bson;
using EmbeddedStore.Update;

namespace EmbeddedStore.Commands;

internal static class Insert
{
    public static ValueTask<byte[]> RunAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return Writing.RunAsync(call, call.Documents("documents"), Prepare, _ => null, (writer, document, _) =>
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
