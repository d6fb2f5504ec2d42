using Loyalty.Events.Contracts;

namespace Loyalty.Events;

/// <summary>Appends entries and waits for their outcomes.</summary>
internal sealed class Inbox(InboxStore store, PositionClock positions, Waiters waiters, PassSignal signal, StopDead stopDead, TimeProvider time) : IInbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);

    public async Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        var known = await InsertAsync(entries, cancellationToken);
        await ResendRejectedAsync(entries, known, cancellationToken);
        signal.Raise();
    }

    public async Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        using var waiting = waiters.For(entries.Select(entry => entry.Id));
        var known = await InsertAsync(entries, cancellationToken);
        stopDead.At(StopDead.AfterAppend);
        var repeats = await ResendRejectedAsync(entries, known, cancellationToken);
        signal.Raise();
        var outcomes = await WaitAsync(waiting, cancellationToken);
        return [.. entries.Select((entry, index) => Answer(entry, outcomes.GetValueOrDefault(entry.Id), repeats.Contains(index)))];
    }

    private static Outcome Answer(NewEntry entry, Outcome? outcome, bool isRepeat) => outcome switch
    {
        null => new Outcome { Status = OutcomeStatus.Accepted, EventId = entry.EventId },
        _ when isRepeat => new Outcome { Status = OutcomeStatus.Duplicate, EventId = entry.EventId, Account = outcome.Account, First = outcome },
        _ => outcome,
    };

    private Task<IReadOnlyList<int>> InsertAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return store.InsertAsync([.. entries.Select(entry => InboxEntry.Of(entry, now, positions.Next()))], cancellationToken);
    }

    /// <summary>A rejected event may be sent again, mended: it takes the rejected one's place. Answers which entries are plain repeats.</summary>
    private async Task<IReadOnlySet<int>> ResendRejectedAsync(
        IReadOnlyList<NewEntry> entries, IReadOnlyList<int> known, CancellationToken cancellationToken)
    {
        if (known.Count == 0)
            return new HashSet<int>();
        var repeats = known.ToHashSet();
        var found = await store.FindAsync([.. known.Select(index => entries[index].Id).Distinct()], cancellationToken);
        foreach (var index in known)
        {
            var entry = entries[index];
            if (found.Remove(entry.Id, out var first) && first is { State: EntryState.Done, Outcome.Status: OutcomeStatus.Rejected })
            {
                await store.ResendAsync(first, InboxEntry.Of(entry, time.GetUtcNow(), positions.Next()), cancellationToken);
                repeats.Remove(index);
            }
        }
        return repeats;
    }

    /// <summary>
    /// Note: this host hears of its own passes at once; what another host decides, or decided before we began to listen,
    /// is found by looking, ever more rarely.
    /// </summary>
    private async Task<Dictionary<string, Outcome>> WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var look = FirstLook;
        while (true)
        {
            await Task.WhenAny(waiting.All, Task.Delay(look, time, cancellationToken));
            if (waiting.All.IsCompleted || cancellationToken.IsCancellationRequested)
                return waiting.Outcomes();
            await LookAsync(waiting);
            if (waiting.All.IsCompleted || time.GetElapsedTime(started) > Patience)
                return waiting.Outcomes();
            look = look * 2 < LongestLook ? look * 2 : LongestLook;
        }
    }

    private async Task LookAsync(Waiting waiting)
    {
        try
        {
            var found = await store.FindAsync(waiting.Open(), CancellationToken.None);
            foreach (var entry in found.Values.Where(entry => entry is { State: EntryState.Done, Outcome: not null }))
                waiting.Complete(entry.Id, entry.Outcome!);
        }
        catch (MongoDB.Driver.MongoException)
        {
            // Note: once appended, never an error: the entries are durable, and the caller hears "accepted" in the end.
        }
    }
}
