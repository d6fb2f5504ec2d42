namespace Loyalty.Events;

/// <summary>
/// What the newest pass has to say to the inbox, on its way there beside the next pass. Until it is there, the inbox calls
/// entries pending that are decided, and does not know others that are.
/// </summary>
internal sealed class MarksUnderWay
{
    private Task writing = Task.CompletedTask;
    private long[] positions = [];
    private HashSet<string> entries = [];

    /// <summary>Positions of entries that must not be decided again, whatever the inbox says.</summary>
    public IReadOnlyCollection<long> Decided => AreWritten ? [] : positions;

    /// <summary>Whether this entry is decided and not stored yet.</summary>
    public bool Brings(string entry) => !AreWritten && entries.Contains(entry);

    public bool AreWritten => writing.IsCompletedSuccessfully;

    public void Begin(IEnumerable<Mark> marks, Func<Task> write)
    {
        positions = [.. marks.Select(mark => mark.Position)];
        entries = [.. marks.Select(mark => mark.Id)];
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
