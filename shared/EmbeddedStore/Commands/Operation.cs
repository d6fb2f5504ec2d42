using System.Diagnostics;
using EmbeddedStore.Transport;
using EmbeddedStore.Wire;

namespace EmbeddedStore.Commands;

/// <summary>One running command and the reasons for which it may be stopped: its client went away, its time is up, somebody killed it.</summary>
internal sealed class Operation(int id, Request request, Connection connection, Action<int> ended) : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private CancellationTokenSource? stop;
    private long mostMilliseconds;
    private bool killed;

    public int Id => id;

    public Request Request => request;

    public Connection Connection => connection;

    public TimeSpan Age => Stopwatch.GetElapsedTime(started);

    // Note: most commands are over before anybody could cancel them, and never ask.
    public CancellationToken Cancelled
    {
        get
        {
            lock (gate)
            {
                stop ??= Begin();
                return stop.Token;
            }
        }
    }

    public bool IsOutOfTime => mostMilliseconds > 0 && Age.TotalMilliseconds >= mostMilliseconds;

    public void GiveUpAfter(long milliseconds) => mostMilliseconds = milliseconds;

    public void Kill()
    {
        lock (gate)
        {
            killed = true;
            stop?.Cancel();
        }
    }

    public void Dispose()
    {
        ended(id);
        lock (gate)
        {
            stop?.Dispose();
            stop = null;
        }
    }

    private CancellationTokenSource Begin()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(connection.Closed);
        if (killed)
            source.Cancel();
        else if (mostMilliseconds > 0)
            source.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(0, mostMilliseconds - Age.TotalMilliseconds)));
        return source;
    }
}
