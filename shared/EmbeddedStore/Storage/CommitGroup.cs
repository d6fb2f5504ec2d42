namespace EmbeddedStore.Storage;

/// <summary>The changes of all writers that came while the group before was being written; they share one transaction.</summary>
internal sealed class CommitGroup
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Change> Changes { get; } = [];

    /// <summary>What readers see once the group is on disk.</summary>
    public List<Action> Publications { get; } = [];

    public Task Durable => done.Task;

    public void Acknowledge() => done.TrySetResult();

    public void Fail(Exception error)
    {
        done.TrySetException(error);
        _ = done.Task.Exception;
    }
}
