using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>
/// Decides what is in the inbox and what callers of this host post, one pass after another, while this host holds the lease: take
/// entries, decide them in memory, store the decision as one record, write what it says.
/// </summary>
internal sealed class PassRunner(
    InboxStore inbox, PostBox box, PassStore passes, OldRecords old, DecidingLease lease, Decider decider, DueSchedule due, MarksUnderWay marks, Waiters waiters,
    PassSignal signal, StopDead stopDead, TimeProvider time, ILogger<PassRunner> log) : BackgroundService
{
    private const int MaxEntries = 2000;

    /// <summary>Note: MongoDB holds documents of up to 16 MB; a decision that would be larger is made in two halves.</summary>
    private const int MaxRecordBytes = 12 * 1024 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RenewEvery = DecidingLease.Duration / 3;

    private long number;
    private bool isAtRest;
    private IReadOnlyList<string>? parked;
    private int entriesPerPass = MaxEntries;

    /// <summary>Note: the marks under way are those of the newest pass; all before it is written.</summary>
    private long Applied => marks.AreWritten ? number : number - 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                due.LayDown();
                if (await lease.TryHoldAsync(stoppingToken))
                    await DecideWhileHoldingAsync(stoppingToken);
                else
                    await Task.Delay(Idle * 4, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception error)
            {
                log.LogError(error, "Deciding stopped; it is taken up again");
                await Task.Delay(Idle * 4, time, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        due.LayDown();
        await lease.ReleaseAsync(CancellationToken.None);
    }

    private async Task DecideWhileHoldingAsync(CancellationToken stopping)
    {
        decider.Forget();
        await TakeOverAsync(stopping);
        await due.TakeUpAsync(stopping);
        box.Open();
        var renewed = time.GetTimestamp();
        try
        {
            while (true)
            {
                if (time.GetElapsedTime(renewed) > RenewEvery)
                {
                    if (!await lease.TryHoldAsync(stopping))
                        return;
                    renewed = time.GetTimestamp();
                }
                var decided = marks.Decided;
                var pending = await inbox.PendingAsync(entriesPerPass, marks.Positions, stopping);
                if (!await NextAsync(pending.Where(entry => !decided.Contains(entry.Id)), box.Take(entriesPerPass - pending.Count), stopping))
                    return;
            }
        }
        finally
        {
            box.Close();
            await marks.EndAsync();
        }
    }

    /// <summary>
    /// False: another host has taken over. Note: whatever keeps a batch from being decided here and now, it is given back, to be appended
    /// to the inbox like any other.
    /// </summary>
    private async Task<bool> NextAsync(IEnumerable<InboxEntry> pending, IReadOnlyList<PostedBatch> batches, CancellationToken stopping)
    {
        try
        {
            await GiveRepeatsBackAsync(batches, stopping);
            PostedBatch[] posted = [.. batches.Where(batch => !batch.IsGivenBack)];
            InboxEntry[] entries = [.. pending.Concat(posted.SelectMany(batch => batch.Entries)).OrderBy(entry => entry.Position)];
            return entries.Length > 0
                ? await PassAsync(entries, posted, stopping)
                : await signal.WaitAsync(Idle, stopping) || await RestAsync(stopping);
        }
        finally
        {
            foreach (var batch in batches)
                batch.GiveBack();
        }
    }

    private async Task GiveRepeatsBackAsync(IReadOnlyList<PostedBatch> batches, CancellationToken stopping)
    {
        if (batches.Count == 0)
            return;
        if (batches.Any(batch => batch.Ids.Any(marks.Decided.Contains)))
            await marks.WrittenAsync();
        var known = await inbox.KnownAsync(batches.SelectMany(batch => batch.Ids), stopping);
        foreach (var batch in batches.Where(batch => batch.Ids.Any(known.Contains)))
            batch.GiveBack();
    }

    /// <summary>An empty pass at the next number fences whoever decided before; then what he left unfinished is finished.</summary>
    private async Task TakeOverAsync(CancellationToken stopping)
    {
        PassRecord fence;
        do
            fence = Empty(await passes.LastAsync(stopping));
        while (!await passes.TryAddAsync(fence, stopping));
        foreach (var record in await passes.AfterAsync(fence.Applied, stopping))
        {
            await WriteAsync(record, StopDead.WhileRedoing, stopping);
            await MarkAsync(record, stopping);
            Tell(record.Marks);
        }
        (number, isAtRest, parked) = (fence.Number, false, null);
        log.LogInformation("This host decides, from pass {Number}", number);
    }

    /// <summary>
    /// Nothing is left to do, so an empty record takes the place of all others, which hold what was said of people. False: another
    /// host has taken over.
    /// </summary>
    private async Task<bool> RestAsync(CancellationToken stopping)
    {
        if (isAtRest || !marks.AreWritten)
            return true;
        var empty = Empty((number, Applied));
        if (!await passes.TryAddAsync(empty, stopping))
            return false;
        await old.RemoveAsync(empty.Applied);
        (number, isAtRest) = (empty.Number, true);
        return true;
    }

    /// <summary>False: another host has taken over.</summary>
    private async Task<bool> PassAsync(InboxEntry[] entries, PostedBatch[] posted, CancellationToken stopping)
    {
        parked ??= await inbox.ParkedAccountsAsync(stopping);
        if (await TryDecideAsync(entries, posted, stopping) is not { } decision)
            return true;
        var record = PassRecord.Of(decision, posted.SelectMany(batch => batch.Entries), Empty((number, Applied)));
        var bytes = record.ToBytes();
        if (entries.Length > 1 && bytes.Slice.Length > MaxRecordBytes)
        {
            TakeFewer(entries, posted);
            return true;
        }
        if (!await passes.TryAddAsync(record.Number, bytes, stopping))
            return false;
        foreach (var batch in posted)
            batch.Decided();
        stopDead.At(StopDead.AfterRecord);
        if (!marks.AreWritten)
            stopDead.At(StopDead.BeforeMarks);
        // Note: from here on the decision stands. Stopping now would only leave the writing to the next start.
        await marks.WrittenAsync();
        await WriteAsync(record, StopDead.WhileApplying, CancellationToken.None);
        decider.Remember(decision);
        await due.ExpectAsync(decision.Pass.FallingDue, CancellationToken.None);
        (number, isAtRest) = (record.Number, false);
        entriesPerPass = Math.Min(MaxEntries, entriesPerPass + MaxEntries / 8);
        if (decision.OnlyEnds && !record.Blanking.Any())
        {
            // Note: what is refused is told when it is marked, because only then may the caller send it again, mended.
            marks.Begin(decision.Marks, () => MarkBesideAsync(record, decision.Marks));
            Tell(decision.Marks.Where(mark => !mark.IsRefused));
            return true;
        }
        await MarkAsync(record, CancellationToken.None);
        Tell(decision.Marks);
        parked = null;
        return true;
    }

    /// <summary>Note: entries that callers have posted are given back first, and come again by way of the inbox.</summary>
    private void TakeFewer(InboxEntry[] entries, PostedBatch[] posted)
    {
        if (posted.Length == 0)
            entriesPerPass = entries.Length / 2;
    }

    /// <summary>
    /// Null: it is to be tried with fewer. Note: what cannot be loaded, such as a document that does not read, concerns one entry; fewer and
    /// fewer are taken until that one is found, and parked. An outage concerns all and is retried.
    /// </summary>
    private async Task<Decision?> TryDecideAsync(InboxEntry[] entries, PostedBatch[] posted, CancellationToken stopping)
    {
        try
        {
            return await decider.DecideAsync(entries, parked ?? [], stopping);
        }
        catch (Exception error) when (error is not (MongoException or TimeoutException or IOException or OperationCanceledException))
        {
            if (entries.Length == 1 && posted.Length == 0)
                return decider.Park(entries[0], error);
            TakeFewer(entries, posted);
            return null;
        }
    }

    private async Task WriteAsync(PassRecord record, string point, CancellationToken cancellationToken) =>
        await Task.WhenAll(record.Writes.Except(record.Blanking).Select(async writes =>
        {
            await passes.ApplyAsync(writes, record.Number, cancellationToken);
            stopDead.At(point);
        }));

    private async Task MarkAsync(PassRecord record, CancellationToken cancellationToken)
    {
        if (record.Entries.Count > 0)
            await inbox.PutAsync(record.Entries, record.Number, cancellationToken);
        if (record.Marks.Count > 0)
            await inbox.MarkAsync(record.Marks, record.Number, cancellationToken);
        foreach (var writes in record.Blanking)
            await passes.ApplyAsync(writes, record.Number, cancellationToken);
    }

    private async Task MarkBesideAsync(PassRecord record, IReadOnlyList<Mark> made)
    {
        await stopDead.HoldBackAsync(StopDead.BeforeMarks);
        await MarkAsync(record, CancellationToken.None);
        Tell(made.Where(mark => mark.IsRefused));
        await old.RemoveNowAndThenAsync(record.Applied);
    }

    private void Tell(IEnumerable<Mark> made)
    {
        foreach (var mark in made.Where(mark => mark.State == EntryState.Done))
            waiters.Tell(mark.Id, mark.Outcome);
    }

    private PassRecord Empty((long Number, long Applied) last) =>
        new() { Number = last.Number + 1, Applied = last.Applied, Holder = lease.Holder, At = time.GetUtcNow() };
}
