using System.Threading.Channels;

namespace Loyalty.Passes.Deciding;

/// <summary>Wakes the decider of this host when something was appended here.</summary>
internal sealed class PassSignal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => channel.Writer.TryWrite(true);

    /// <summary>Returns when the signal is raised or, false, when the time is over.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            return await channel.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
