using System.Diagnostics;

namespace Loyalty.Modularity;

/// <summary>How far the host has come in starting and stopping.</summary>
internal sealed class HostProgress
{
    private readonly Lock gate = new();
    private (string Name, long Since)? stopping;
    private (string Name, TimeSpan Taken)? slowest;

    public bool HasStarted { get; private set; }

    /// <summary>What a host that does not end is waiting for.</summary>
    public string Holder
    {
        get
        {
            lock (gate)
                return stopping?.Name ?? (HasStarted ? "the web server" : "its start, which has not ended");
        }
    }

    /// <summary>What took longest to stop.</summary>
    public string Slowest
    {
        get
        {
            lock (gate)
            {
                Settle();
                return slowest?.Name ?? Holder;
            }
        }
    }

    public void Started() => HasStarted = true;

    /// <param name="name">The hosted service or module that is stopped now.</param>
    public void Stops(string name)
    {
        lock (gate)
        {
            Settle();
            stopping = (name, Stopwatch.GetTimestamp());
        }
    }

    private void Settle()
    {
        if (stopping is not { } last)
            return;
        var taken = Stopwatch.GetElapsedTime(last.Since);
        if (slowest is null || taken > slowest.Value.Taken)
            slowest = (last.Name, taken);
    }
}
