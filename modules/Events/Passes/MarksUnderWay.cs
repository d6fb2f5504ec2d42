namespace Loyalty.Events;

/// <summary>
/// What the newest pass has to say to the inbox, on its way there beside the next pass. Until it is there, the inbox calls
/// entries pending that are decided, and does not know others that are.
/// </summary>
internal sealed class MarksUnderWay
{
    private Task writing = Task.CompletedTask;
    private long[] positions = [];
    private IReadOnlySet<string> entries = new HashSet<string>();

    /// <summary>
    /// Entries that must not be decided again, whatever the inbox says. Note: to be asked for before the inbox is read, because it may
    /// come to know them meanwhile.
    /// </summary>
    public IReadOnlySet<string> Decided => AreWritten ? new HashSet<string>() : entries;

    /// <summary>Their positions. Note: another host may have stored the same entry, which then has another one.</summary>
    public IReadOnlyCollection<long> Positions => AreWritten ? [] : positions;

    public bool AreWritten => writing.IsCompletedSuccessfully;

    public void Begin(IEnumerable<Mark> marks, Func<Task> write)
    {
        positions = [.. marks.Select(mark => mark.Position)];
        entries = marks.Select(mark => mark.Id).ToHashSet(StringComparer.Ordinal);
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
