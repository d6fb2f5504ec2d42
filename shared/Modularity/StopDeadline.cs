namespace Loyalty.Modularity;

/// <summary>Ends a process that does not stop in time, and says what held it.</summary>
/// <param name="limit">What the host's services were given to stop.</param>
/// <param name="grace">How much later the process is ended: services that were told to hurry may still end by
/// themselves.</param>
internal sealed class StopDeadline(
    TimeSpan limit, TimeSpan grace, HostProgress progress, TextWriter errors, Action<int> exit)
{
    /// <summary>Note: on a thread of its own, as the pool's may all be held by what does not stop.</summary>
    public void Begin() => new Thread(End) { IsBackground = true, Name = nameof(StopDeadline) }.Start();

    private void End()
    {
        Thread.Sleep(limit + grace);
        errors.WriteLine(
            $"The host did not stop within {limit.TotalSeconds:0.#} s and is ended. It was held by {progress.Holder}.");
        exit(1);
    }
}
