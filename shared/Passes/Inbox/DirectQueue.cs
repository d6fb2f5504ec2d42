namespace Loyalty.Passes.Inbox;

/// <summary>
/// What callers of this host have posted and nobody has stored yet, for the next pass of this host to decide at once. Open only while
/// this host decides.
/// </summary>
internal sealed class DirectQueue(PassSignal signal, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<PostedBatch> waiting = [];
    private bool isOpen;

    public bool IsEmpty
    {
        get
        {
            lock (gate)
                return waiting.Count == 0;
        }
    }

    /// <summary>True: a pass has decided them, and its record is stored. False: they are to be appended to the inbox.</summary>
    public async Task<bool> OfferAsync(IReadOnlyList<InboxEntry> entries, TimeSpan patience)
    {
        var batch = new PostedBatch(entries);
        lock (gate)
        {
            if (!isOpen)
                return false;
            waiting.Enqueue(batch);
        }
        signal.Raise();
        // Note: should a pass have them just then, they are decided and stored, and what it says takes the appended one's place.
        using var limit = new CancellationTokenSource(patience, time);
        await using var end = limit.Token.Register(batch.GiveBack);
        return await batch.IsDecided;
    }

    /// <summary>Up to so many entries, in whole batches of which no two hold the same id. What can never fit is given back.</summary>
    public IReadOnlyList<PostedBatch> Take(int limit)
    {
        var taken = new List<PostedBatch>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        lock (gate)
        {
            while (waiting.TryPeek(out var next) && (next.Entries.Count > limit || ids.Count + next.Entries.Count <= limit))
            {
                if (next.Entries.Count > limit || next.RepeatsItself)
                    next.GiveBack();
                else if (next.Ids.Any(ids.Contains))
                    break;
                waiting.Dequeue();
                if (next.IsGivenBack)
                    continue;
                ids.UnionWith(next.Ids);
                taken.Add(next);
            }
        }
        return taken;
    }

    public void Open()
    {
        lock (gate)
            isOpen = true;
    }

    public void Close()
    {
        lock (gate)
        {
            isOpen = false;
            while (waiting.TryDequeue(out var batch))
                batch.GiveBack();
        }
    }
}

/// <summary>One caller's entries, on their way into a pass.</summary>
internal sealed class PostedBatch(IReadOnlyList<InboxEntry> entries)
{
    private readonly TaskCompletionSource<bool> decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<InboxEntry> Entries => entries;

    public IEnumerable<string> Ids => entries.Select(entry => entry.Id);

    public bool RepeatsItself => Ids.Distinct(StringComparer.Ordinal).Count() < entries.Count;

    public Task<bool> IsDecided => decided.Task;

    public bool IsGivenBack => decided.Task is { IsCompletedSuccessfully: true, Result: false };

    public void Decided() => decided.TrySetResult(true);

    /// <summary>Note: once it is decided this changes nothing.</summary>
    public void GiveBack() => decided.TrySetResult(false);
}
