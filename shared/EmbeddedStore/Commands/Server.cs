using EmbeddedStore.Collections;
using EmbeddedStore.Storage;
using EmbeddedStore.Transport;
using EmbeddedStore.Wire;
using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Commands;

/// <summary>Takes requests from any connection, runs them and frames the replies.</summary>
internal sealed class Server(Store store, StoreMetrics metrics, TimeProvider clock, ILogger logger, TimeSpan slow) : IDisposable
{
    private long lastConnection;
    private int running;

    public Store Store => store;

    public TimeProvider Clock => clock;

    public Cursors Cursors { get; } = new(clock);

    /// <summary>How many commands are under way.</summary>
    public int Running => Volatile.Read(ref running);

    public Connection Connect() => new(Interlocked.Increment(ref lastConnection), HandleAsync);

    public void Dispose() => Cursors.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>> HandleAsync(Request request, Connection connection) =>
        (await RunAsync(request, connection)).FrameFor(request);

    private async ValueTask<Reply> RunAsync(Request request, Connection connection)
    {
        Interlocked.Increment(ref running);
        var name = request.Body.NameOfFirst();
        using var operation = new Operation(connection);
        var call = new Call(this, request, request.Body, operation);
        var failed = false;
        try
        {
            var command = CommandTable.Named(name);
            name = command.Name;
            Options.Check(name, request.Body);
            operation.GiveUpAfter(call.Bounded("maxTimeMS", 0, int.MaxValue));
            return await command.Run(call);
        }
        catch (Exception error)
        {
            failed = true;
            return ErrorReply.Of(error, operation, logger);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            Finished(request, name, operation.Age, call, failed);
        }
    }

    private void Finished(Request request, string name, TimeSpan duration, Call call, bool failed)
    {
        metrics.Ran(name, duration, failed);
        if (duration >= slow && name != "getMore")
            logger.LogWarning("Slow {Command} on {Database} took {Milliseconds:0} ms, plan {Plan}: {Body}",
                name, request.Database, duration.TotalMilliseconds, call.Plan ?? "none", Shape.Of(request.Body));
    }
}
