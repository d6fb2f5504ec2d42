namespace Loyalty.Passes.Inbox;

/// <summary>
/// Hands entries to the next pass where this host decides, and stores them for the deciding host where it does not; then waits for
/// their outcomes.
/// </summary>
internal sealed class EntryPoster(
    InboxStore store, PositionClock positions, DirectQueue queue, Waiters waiters, PassSignal signal, CrashPoints crashPoints, TimeProvider time) : IInbox
{
    private const int MaxInsertions = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);

    public Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => StoreAsync(entries, NewCall(), [], cancellationToken);

    public async Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return [];
        var (started, call) = (time.GetTimestamp(), NewCall());
        using var waiting = waiters.For(entries.Select(entry => entry.Id));
        var offered = Accept(entries, call);
        var isDecided = await queue.OfferAsync(offered, Patience);
        var repeats = isDecided ? [] : await StoreAsync(entries, call, offered, cancellationToken);
        // Note: what is repeated was decided long ago, as a rule.
        var look = isDecided ? LongestLook : repeats.Count > 0 ? TimeSpan.Zero : FirstLook;
        var outcomes = await WaitAsync(waiting, call, started, look, cancellationToken);
        return [.. entries.Select((entry, index) => Answer(entry, outcomes.GetValueOrDefault(entry.Id), repeats.Contains(index)))];
    }

    private static long NewCall() => Random.Shared.NextInt64();

    private InboxEntry[] Accept(IReadOnlyList<NewEntry> entries, long call)
    {
        var now = time.GetUtcNow();
        return [.. entries.Select(entry => InboxEntry.Of(entry, now, positions.Next()) with { Call = call })];
    }

    private static Outcome Answer(NewEntry entry, Outcome? outcome, bool isRepeat) => outcome switch
    {
        null => Outcome.Accepted(entry.EventId),
        _ when isRepeat && outcome.Status != OutcomeStatus.Duplicate => outcome.Repeated(),
        _ => outcome,
    };

    /// <summary>Answers the indexes of those that are repeats.</summary>
    /// <param name="offered">
    /// As they were offered to a pass that did not end here. Its record may have been stored all the same, for another host to carry out.
    /// </param>
    private async Task<HashSet<int>> StoreAsync(IReadOnlyList<NewEntry> entries, long call, InboxEntry[] offered, CancellationToken cancellationToken)
    {
        var accepted = Accept(entries, call);
        IReadOnlyList<int> open = [.. Enumerable.Range(0, accepted.Length)];
        var repeats = new HashSet<int>();
        for (var insertions = 1; open.Count > 0; insertions++)
        {
            InboxEntry[] inserting = [.. open.Select(index => accepted[index])];
            var known = await store.InsertAsync(inserting, cancellationToken);
            crashPoints.At(CrashPoints.AfterAppend);
            open = known.Count == 0 ? [] : await SortOutAsync(accepted, [.. known.Select(index => open[index])], offered, repeats, cancellationToken);
            if (open.Count > 0 && insertions == MaxInsertions)
                throw new InvalidOperationException($"The store calls the id of entry {accepted[open[0]].Id} taken, and does not find it.");
        }
        signal.Raise();
        return repeats;
    }

    /// <summary>
    /// Which of those whose ids are taken are repeats. A rejected entry may be sent again, mended; it takes the rejected one's place. Answers
    /// those that are not there after all: they were removed in between, or the store is wrong, and are no repeats of anything.
    /// </summary>
    private async Task<IReadOnlyList<int>> SortOutAsync(
        InboxEntry[] entries, IReadOnlyList<int> known, InboxEntry[] offered, HashSet<int> repeats, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var missing = new List<int>();
        var found = await store.FindAsync([.. known.Select(index => entries[index].Id).Distinct()], cancellationToken);
        foreach (var index in known)
        {
            if (!found.TryGetValue(entries[index].Id, out var first))
                missing.Add(index);
            else if (!seen.Add(first.Id))
                repeats.Add(index);
            else if (first.Call == entries[index].Call && offered.ElementAtOrDefault(index)?.Position == first.Position)
                continue;
            else if (first is { State: EntryState.Done, Outcome.Status: OutcomeStatus.Rejected })
                await store.ResendAsync(first, entries[index], cancellationToken);
            else
                repeats.Add(index);
        }
        return missing;
    }

    /// <summary>
    /// Note: this host hears of its own passes at once; what another host decides, or decided before we began to listen,
    /// is found by looking, ever more rarely.
    /// </summary>
    private async Task<Dictionary<string, Outcome>> WaitAsync(
        Waiting waiting, long call, long started, TimeSpan look, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAny(waiting.All, Task.Delay(look, time, cancellationToken));
            if (waiting.All.IsCompleted || cancellationToken.IsCancellationRequested)
                return waiting.Outcomes();
            await LookAsync(waiting, call);
            if (waiting.All.IsCompleted || time.GetElapsedTime(started) > Patience)
                return waiting.Outcomes();
            look = look == TimeSpan.Zero ? FirstLook : look * 2 < LongestLook ? look * 2 : LongestLook;
        }
    }

    private async Task LookAsync(Waiting waiting, long call)
    {
        try
        {
            var found = await store.FindAsync(waiting.Open(), CancellationToken.None);
            foreach (var entry in found.Values.Where(entry => entry is { State: EntryState.Done, Outcome: not null }))
                waiting.Complete(entry.Id, entry.Call == call ? entry.Outcome! : entry.Outcome!.Repeated());
        }
        catch (Exception error) when (StoreOutage.Is(error))
        {
            // Note: once appended, never an error: the entries are durable, and the caller hears "accepted" in the end.
        }
    }
}
