using Loyalty.Events.Contracts;

namespace Loyalty.Events;

/// <summary>
/// Hands entries to the next pass where this host decides, and stores them for the deciding host where it does not; then waits for
/// their outcomes.
/// </summary>
internal sealed class Inbox(
    InboxStore store, PositionClock positions, PostBox box, Waiters waiters, PassSignal signal, StopDead stopDead, TimeProvider time) : IInbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);

    public Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => StoreAsync(entries, cancellationToken);

    public async Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return [];
        using var waiting = waiters.For(entries.Select(entry => entry.Id));
        var isDecided = await box.OfferAsync(Accept(entries));
        var stored = isDecided ? StoredEntries.None : await StoreAsync(entries, cancellationToken);
        var outcomes = await WaitAsync(waiting, stored, isDecided ? LongestLook : FirstLook, cancellationToken);
        return [.. entries.Select((entry, index) => Answer(entry, outcomes.GetValueOrDefault(entry.Id), stored.Repeats.Contains(index)))];
    }

    private InboxEntry[] Accept(IReadOnlyList<NewEntry> entries)
    {
        var now = time.GetUtcNow();
        return [.. entries.Select(entry => InboxEntry.Of(entry, now, positions.Next()))];
    }

    private static Outcome Answer(NewEntry entry, Outcome? outcome, bool isRepeat) => outcome switch
    {
        null => new Outcome { Status = OutcomeStatus.Accepted, EventId = entry.EventId },
        _ when isRepeat && outcome.Status != OutcomeStatus.Duplicate => Repeat(outcome),
        _ => outcome,
    };

    private static Outcome Repeat(Outcome first) =>
        new() { Status = OutcomeStatus.Duplicate, EventId = first.EventId, Account = first.Account, First = first };

    private async Task<StoredEntries> StoreAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        var accepted = Accept(entries);
        var known = await store.InsertAsync(accepted, cancellationToken);
        stopDead.At(StopDead.AfterAppend);
        var repeats = known.ToHashSet();
        if (known.Count > 0)
            repeats.ExceptWith(await ResendRejectedAsync(accepted, known, cancellationToken));
        signal.Raise();
        return new StoredEntries(repeats, accepted.Where((_, index) => !repeats.Contains(index)).ToDictionary(entry => entry.Id, entry => entry.Position));
    }

    /// <summary>A rejected event may be sent again, mended: it takes the rejected one's place. Answers which ones did.</summary>
    private async Task<IReadOnlyList<int>> ResendRejectedAsync(InboxEntry[] entries, IReadOnlyList<int> known, CancellationToken cancellationToken)
    {
        var resent = new List<int>();
        var found = await store.FindAsync([.. known.Select(index => entries[index].Id).Distinct()], cancellationToken);
        foreach (var index in known)
        {
            if (found.Remove(entries[index].Id, out var first) && first is { State: EntryState.Done, Outcome.Status: OutcomeStatus.Rejected })
            {
                await store.ResendAsync(first, entries[index], cancellationToken);
                resent.Add(index);
            }
        }
        return resent;
    }

    /// <summary>
    /// Note: this host hears of its own passes at once; what another host decides, or decided before we began to listen,
    /// is found by looking, ever more rarely.
    /// </summary>
    private async Task<Dictionary<string, Outcome>> WaitAsync(Waiting waiting, StoredEntries stored, TimeSpan look, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            await Task.WhenAny(waiting.All, Task.Delay(look, time, cancellationToken));
            if (waiting.All.IsCompleted || cancellationToken.IsCancellationRequested)
                return waiting.Outcomes();
            await LookAsync(waiting, stored);
            if (waiting.All.IsCompleted || time.GetElapsedTime(started) > Patience)
                return waiting.Outcomes();
            look = look * 2 < LongestLook ? look * 2 : LongestLook;
        }
    }

    private async Task LookAsync(Waiting waiting, StoredEntries stored)
    {
        try
        {
            var found = await store.FindAsync(waiting.Open(), CancellationToken.None);
            foreach (var entry in found.Values.Where(entry => entry is { State: EntryState.Done, Outcome: not null }))
                waiting.Complete(entry.Id, stored.IsTakenByAnother(entry) ? Repeat(entry.Outcome!) : entry.Outcome!);
        }
        catch (MongoDB.Driver.MongoException)
        {
            // Note: once appended, never an error: the entries are durable, and the caller hears "accepted" in the end.
        }
    }

    /// <summary>What came of storing entries.</summary>
    /// <param name="Repeats">Indexes of those that were known before.</param>
    /// <param name="Positions">Positions of the others, by id.</param>
    private sealed record StoredEntries(IReadOnlySet<int> Repeats, IReadOnlyDictionary<string, long> Positions)
    {
        public static readonly StoredEntries None = new(new HashSet<int>(), new Dictionary<string, long>());

        /// <summary>The deciding host was handed the same event at the same moment, and what it decided has taken our entry's place.</summary>
        public bool IsTakenByAnother(InboxEntry found) => Positions.TryGetValue(found.Id, out var position) && position != found.Position;
    }
}
