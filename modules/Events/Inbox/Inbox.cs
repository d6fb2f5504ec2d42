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

    public Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => StoreAsync(entries, NewSender(), [], cancellationToken);

    public async Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return [];
        var (started, sender) = (time.GetTimestamp(), NewSender());
        using var waiting = waiters.For(entries.Select(entry => entry.Id));
        var offered = Accept(entries, sender);
        var isDecided = await box.OfferAsync(offered, Patience);
        var repeats = isDecided ? [] : await StoreAsync(entries, sender, offered, cancellationToken);
        // Note: what is repeated was decided long ago, as a rule.
        var look = isDecided ? LongestLook : repeats.Count > 0 ? TimeSpan.Zero : FirstLook;
        var outcomes = await WaitAsync(waiting, sender, started, look, cancellationToken);
        return [.. entries.Select((entry, index) => Answer(entry, outcomes.GetValueOrDefault(entry.Id), repeats.Contains(index)))];
    }

    private static long NewSender() => Random.Shared.NextInt64();

    private InboxEntry[] Accept(IReadOnlyList<NewEntry> entries, long sender)
    {
        var now = time.GetUtcNow();
        return [.. entries.Select(entry => InboxEntry.Of(entry, now, positions.Next()) with { Sender = sender })];
    }

    private static Outcome Answer(NewEntry entry, Outcome? outcome, bool isRepeat) => outcome switch
    {
        null => new Outcome { Status = OutcomeStatus.Accepted, EventId = entry.EventId },
        _ when isRepeat && outcome.Status != OutcomeStatus.Duplicate => Repeat(outcome),
        _ => outcome,
    };

    private static Outcome Repeat(Outcome first) =>
        new() { Status = OutcomeStatus.Duplicate, EventId = first.EventId, Account = first.Account, First = first };

    /// <summary>Answers the indexes of those that are repeats.</summary>
    /// <param name="offered">
    /// As they were offered to a pass that did not come to its end here. Its record may have been stored all the same, for another host to
    /// carry out.
    /// </param>
    private async Task<HashSet<int>> StoreAsync(IReadOnlyList<NewEntry> entries, long sender, InboxEntry[] offered, CancellationToken cancellationToken)
    {
        var accepted = Accept(entries, sender);
        var known = await store.InsertAsync(accepted, cancellationToken);
        stopDead.At(StopDead.AfterAppend);
        var repeats = known.Count == 0 ? [] : await RepeatsAsync(accepted, known, offered, cancellationToken);
        signal.Raise();
        return repeats;
    }

    /// <summary>
    /// Which of those that are known already are repeats. Note: a rejected event may be sent again, mended; it takes the rejected one's place.
    /// </summary>
    private async Task<HashSet<int>> RepeatsAsync(InboxEntry[] entries, IReadOnlyList<int> known, InboxEntry[] offered, CancellationToken cancellationToken)
    {
        var repeats = new HashSet<int>();
        var found = await store.FindAsync([.. known.Select(index => entries[index].Id).Distinct()], cancellationToken);
        foreach (var index in known)
        {
            if (!found.Remove(entries[index].Id, out var first))
                repeats.Add(index);
            else if (first.Sender == entries[index].Sender && offered.ElementAtOrDefault(index)?.Position == first.Position)
                continue;
            else if (first is { State: EntryState.Done, Outcome.Status: OutcomeStatus.Rejected })
                await store.ResendAsync(first, entries[index], cancellationToken);
            else
                repeats.Add(index);
        }
        return repeats;
    }

    /// <summary>
    /// Note: this host hears of its own passes at once; what another host decides, or decided before we began to listen,
    /// is found by looking, ever more rarely.
    /// </summary>
    private async Task<Dictionary<string, Outcome>> WaitAsync(
        Waiting waiting, long sender, long started, TimeSpan look, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAny(waiting.All, Task.Delay(look, time, cancellationToken));
            if (waiting.All.IsCompleted || cancellationToken.IsCancellationRequested)
                return waiting.Outcomes();
            await LookAsync(waiting, sender);
            if (waiting.All.IsCompleted || time.GetElapsedTime(started) > Patience)
                return waiting.Outcomes();
            look = look == TimeSpan.Zero ? FirstLook : look * 2 < LongestLook ? look * 2 : LongestLook;
        }
    }

    private async Task LookAsync(Waiting waiting, long sender)
    {
        try
        {
            var found = await store.FindAsync(waiting.Open(), CancellationToken.None);
            foreach (var entry in found.Values.Where(entry => entry is { State: EntryState.Done, Outcome: not null }))
                waiting.Complete(entry.Id, entry.Sender == sender ? entry.Outcome! : Repeat(entry.Outcome!));
        }
        catch (MongoDB.Driver.MongoException)
        {
            // Note: once appended, never an error: the entries are durable, and the caller hears "accepted" in the end.
        }
    }
}
