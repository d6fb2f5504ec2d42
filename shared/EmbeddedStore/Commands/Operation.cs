using System.Diagnostics;
using EmbeddedStore.Transport;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>One running command and the reasons for which it may be stopped: its client went away, its time is up, somebody killed it.</summary>
internal sealed class Operation(int id, Request request, Connection connection, Action<int> ended) : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(connection.Closed);
    private long mostMilliseconds;

    public int Id => id;

    public Request Request => request;

    public Connection Connection => connection;

    public TimeSpan Age => Stopwatch.GetElapsedTime(started);

    public CancellationToken Cancelled => stop.Token;

    public bool IsOutOfTime => mostMilliseconds > 0 && Age.TotalMilliseconds >= mostMilliseconds;

    public void GiveUpAfter(long milliseconds)
    {
        mostMilliseconds = milliseconds;
        if (milliseconds > 0)
            stop.CancelAfter(TimeSpan.FromMilliseconds(milliseconds));
    }

    public void Kill() => stop.Cancel();

    public void Dispose()
    {
        ended(id);
        stop.Dispose();
    }
}
