namespace Loyalty.Passes.Inbox;

/// <summary>
/// Inbox updates of the newest pass, written while the next pass is being decided. Until they are written, the inbox still shows these
/// entries as pending, or does not hold them at all.
/// </summary>
internal sealed class PendingInboxUpdates
{
    private Task writing = Task.CompletedTask;
    private long[] positions = [];
    private IReadOnlySet<string> entries = new HashSet<string>();

    /// <summary>
    /// Entries that must not be decided again, whatever the inbox says. Note: ask before the inbox is read, because the updates may
    /// be written meanwhile.
    /// </summary>
    public IReadOnlySet<string> Decided => AreWritten ? new HashSet<string>() : entries;

    /// <summary>Their positions. Note: another host may have stored the same entry, which then has another one.</summary>
    public IReadOnlyCollection<long> Positions => AreWritten ? [] : positions;

    public bool AreWritten => writing.IsCompletedSuccessfully;

    public void Begin(IEnumerable<InboxUpdate> updates, Func<Task> write)
    {
        positions = [.. updates.Select(update => update.Position)];
        entries = updates.Select(update => update.Id).ToHashSet(StringComparer.Ordinal);
        writing = Task.Run(write);
    }

    /// <summary>Throws what went wrong: then they are not written, and only a take-over writes them.</summary>
    public Task WrittenAsync() => writing;

    /// <summary>Waits until nothing more is being written, whether it succeeded or failed.</summary>
    public async Task EndAsync()
    {
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writing = Task.CompletedTask;
    }
}
