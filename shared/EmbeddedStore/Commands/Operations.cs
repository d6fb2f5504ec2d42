using System.Collections.Concurrent;
using EmbeddedStore.Transport;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>The commands that run at this moment, so that an operator can see and stop them.</summary>
internal sealed class Operations
{
    private readonly ConcurrentDictionary<int, Operation> running = [];
    private int lastId;

    public Operation Start(Request request, Connection connection)
    {
        var operation = new Operation(Interlocked.Increment(ref lastId), request, connection, ended => running.TryRemove(ended, out _));
        running[operation.Id] = operation;
        return operation;
    }

    public static Reply Current(Call call) => Answer.Ok(reply =>
    {
        var list = reply.BeginArray("inprog");
        var position = 0;
        foreach (var operation in call.Server.Running.running.Values)
        {
            var start = reply.BeginDocument(position++);
            reply.Write("opid", operation.Id);
            reply.Write("connectionId", operation.Connection.Id);
            reply.Write("active", true);
            reply.Write("microsecs_running", (long)operation.Age.TotalMicroseconds);
            reply.Write("ns", $"{operation.Request.Database}.{operation.Request.Body.At(0)}");
            reply.Write("command", operation.Request.Body);
            reply.End(start);
        }
        reply.End(list);
    });

    public static Reply Kill(Call call)
    {
        if (call.Server.Running.running.TryGetValue((int)call.Whole("op", -1), out var operation))
            operation.Kill();
        return Answer.Ok(reply => reply.Write("info", "attempting to kill op"));
    }
}
