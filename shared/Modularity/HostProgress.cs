namespace Loyalty.Modularity;

/// <summary>How far the host has come in starting and stopping.</summary>
internal sealed class HostProgress
{
    private volatile bool hasStarted;
    private volatile string? stopping;

    public bool HasStarted
    {
        get => hasStarted;
        set => hasStarted = value;
    }

    /// <summary>The hosted service or module that is being stopped.</summary>
    public string? Stopping
    {
        get => stopping;
        set => stopping = value;
    }

    /// <summary>What a host that does not end is waiting for.</summary>
    public string Holder => stopping ?? (hasStarted ? "the web server" : "its start, which has not ended");
}
