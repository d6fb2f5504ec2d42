using System.Diagnostics;
using EmbeddedStore.Transport;

namespace EmbeddedStore.Commands;

/// <summary>One running command and the reasons for which it may be stopped: its client went away, or its time is up.</summary>
internal sealed class Operation(Connection connection) : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private CancellationTokenSource? stop;
    private long mostMilliseconds;

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

    public void Dispose()
    {
        lock (gate)
        {
            stop?.Dispose();
            stop = null;
        }
    }

    private CancellationTokenSource Begin()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(connection.Closed);
        if (mostMilliseconds > 0)
            source.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(0, mostMilliseconds - Age.TotalMilliseconds)));
        return source;
    }
}
