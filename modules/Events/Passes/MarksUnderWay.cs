namespace Loyalty.Events;

/// <summary>
/// The marks of the newest pass, on their way into the inbox beside the next pass. Until they are there, the inbox calls
/// entries pending that are decided.
/// </summary>
internal sealed class MarksUnderWay
{
    private Task writing = Task.CompletedTask;
    private long[] positions = [];

    /// <summary>Positions of entries that must not be decided again, whatever the inbox says.</summary>
    public IReadOnlyCollection<long> Decided => AreWritten ? [] : positions;

    public bool AreWritten => writing.IsCompletedSuccessfully;

    public void Begin(PassRecord record, Func<Task> write)
    {
        positions = [.. record.Marks.Select(mark => mark.Position)];
        writing = Task.Run(write);
    }

    /// <summary>Throws what went wrong: then they are not there, and only a take-over brings them.</summary>
    public Task WrittenAsync() => writing;

    /// <summary>Waits until nothing more is on its way, done or failed.</summary>
    public async Task EndAsync()
    {
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writing = Task.CompletedTask;
    }
}
