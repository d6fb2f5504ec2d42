namespace EmbeddedStore.Commands;

internal static class UpdateCommand
{
    public static ValueTask<byte[]> RunAsync(Call call)
    {
        var ns = Writing.TargetOf(call);
        return Writing.RunAsync(call, call.Documents("updates"), UpdateStatement.Parse, statement => statement.Search, (writer, statement, cancelled) => statement.Run(writer, ns, cancelled));
    }
}
