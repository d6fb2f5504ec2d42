using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

internal static class UpdateCommand
{
    public static ValueTask<Reply> RunAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        Func<CancellationToken> cancelled = () => call.Cancelled;
        return Writing.RunAsync(call, call.Documents("updates"), UpdateStatement.Parse, statement => statement.Search, (writer, statement) => statement.Run(writer, ns, cancelled));
    }
}
