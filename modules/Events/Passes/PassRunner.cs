using Loyalty.Events.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace Loyalty.Events;

/// <summary>
/// Decides what is in the inbox, one pass after another, while this host holds the lease: take entries, decide them in
/// memory, store the decision as one record, write what it says.
/// </summary>
internal sealed class PassRunner(
    InboxStore inbox, PassStore passes, OldRecords old, DecidingLease lease, Decider decider, DueSchedule due, MarksUnderWay marks, Waiters waiters,
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
                var entries = await inbox.PendingAsync(entriesPerPass, marks.Decided, stopping);
                var goesOn = entries.Count > 0
                    ? await PassAsync(entries, stopping)
                    : await signal.WaitAsync(Idle, stopping) || await RestAsync(stopping);
                if (!goesOn)
                    return;
            }
        }
        finally
        {
            await marks.EndAsync();
        }
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
    private async Task<bool> PassAsync(IReadOnlyList<InboxEntry> entries, CancellationToken stopping)
    {
        parked ??= await inbox.ParkedAccountsAsync(stopping);
        if (await TryDecideAsync(entries, stopping) is not { } decision)
            return true;
        var record = new PassRecord
        {
            Number = number + 1,
            Applied = Applied,
            Holder = lease.Holder,
            At = time.GetUtcNow(),
            Writes = decision.Pass.Writes(number + 1),
            Marks = [.. decision.Marks],
        };
        var bytes = PassBytes.Of(record);
        if (entries.Count > 1 && bytes.Slice.Length > MaxRecordBytes)
        {
            entriesPerPass = entries.Count / 2;
            return true;
        }
        if (!await passes.TryAddAsync(record.Number, bytes, stopping))
            return false;
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
        if (record.OnlyEnds && decision.Pass.Releases.Count == 0)
        {
            // Note: what is refused is told when it is marked, because only then may the caller send it again, mended.
            marks.Begin(record, () => MarkBesideAsync(record));
            Tell(record.Marks.Where(mark => !mark.IsRefused));
            return true;
        }
        await MarkAsync(record, CancellationToken.None);
        Tell(record.Marks);
        parked = null;
        return true;
    }

    /// <summary>
    /// Null: it is to be tried with fewer. Note: what cannot be loaded, such as a document that does not read, concerns one entry; fewer and
    /// fewer are taken until that one is found, and parked. An outage concerns all and is retried.
    /// </summary>
    private async Task<Decision?> TryDecideAsync(IReadOnlyList<InboxEntry> entries, CancellationToken stopping)
    {
        try
        {
            return await decider.DecideAsync(entries, parked ?? [], stopping);
        }
        catch (Exception error) when (error is not (MongoException or TimeoutException or IOException or OperationCanceledException))
        {
            if (entries.Count == 1)
                return decider.Park(entries[0], error);
            entriesPerPass = entries.Count / 2;
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
        if (record.Marks.Count > 0)
            await inbox.MarkAsync(record.Marks, record.Number, cancellationToken);
        foreach (var writes in record.Blanking)
            await passes.ApplyAsync(writes, record.Number, cancellationToken);
    }

    private async Task MarkBesideAsync(PassRecord record)
    {
        await stopDead.HoldBackAsync(StopDead.BeforeMarks);
        await MarkAsync(record, CancellationToken.None);
        Tell(record.Marks.Where(mark => mark.IsRefused));
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
