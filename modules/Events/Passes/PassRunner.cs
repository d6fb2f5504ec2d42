using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;

namespace Loyalty.Events;

/// <summary>
/// Decides what is in the inbox, one pass after another, while this host holds the lease: take entries, decide them in
/// memory, store the decision as one record, write what it says.
/// </summary>
internal sealed class PassRunner(
    InboxStore inbox, PassStore passes, DecidingLease lease, Decider decider, DueSchedule due, Waiters waiters, PassSignal signal,
    StopDead stopDead, TimeProvider time, ILogger<PassRunner> log) : BackgroundService
{
    private const int MaxEntries = 500;

    /// <summary>Note: MongoDB holds documents of up to 16 MB; a decision that would be larger is made in two halves.</summary>
    private const int MaxRecordBytes = 12 * 1024 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RenewEvery = DecidingLease.Duration / 3;

    private long number;
    private long? applied;
    private int entriesPerPass = MaxEntries;

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
        while (true)
        {
            if (time.GetElapsedTime(renewed) > RenewEvery)
            {
                if (!await lease.TryHoldAsync(stopping))
                    return;
                renewed = time.GetTimestamp();
            }
            var entries = await inbox.PendingAsync(entriesPerPass, stopping);
            if (entries.Count == 0)
                await signal.WaitAsync(Idle, stopping);
            else if (!await PassAsync(entries, stopping))
                return;
        }
    }

    /// <summary>An empty pass at the next number fences whoever decided before; then what he left unfinished is finished.</summary>
    private async Task TakeOverAsync(CancellationToken stopping)
    {
        do
            number = await passes.LastNumberAsync(stopping) + 1;
        while (!await passes.TryAddAsync(new PassRecord { Number = number, Holder = lease.Holder, At = time.GetUtcNow() }, null, stopping));
        var unfinished = await passes.UnfinishedAsync(stopping);
        foreach (var record in unfinished)
            await ApplyAsync(record, isRedo: true, stopping);
        await passes.MarkDoneAsync(unfinished.Select(record => record.Number), stopping);
        await passes.ForgetBelowAsync(number, stopping);
        applied = null;
        log.LogInformation("This host decides, from pass {Number}", number);
    }

    /// <summary>False: another host has taken over.</summary>
    private async Task<bool> PassAsync(IReadOnlyList<InboxEntry> entries, CancellationToken stopping)
    {
        var decision = await decider.DecideAsync(entries, await inbox.ParkedAccountsAsync(stopping), stopping);
        var record = new PassRecord
        {
            Number = number + 1,
            Holder = lease.Holder,
            At = time.GetUtcNow(),
            Writes = decision.Pass.Writes(number + 1),
            Marks = [.. decision.Marks],
        };
        if (entries.Count > 1 && record.ToBson().Length > MaxRecordBytes)
        {
            entriesPerPass = entries.Count / 2;
            return true;
        }
        if (!await passes.TryAddAsync(record, applied, stopping))
            return false;
        stopDead.At(StopDead.AfterRecord);
        // Note: from here on the decision stands. Stopping now would only leave the writing to the next start.
        await ApplyAsync(record, isRedo: false, CancellationToken.None);
        decider.Remember(decision);
        await due.ExpectAsync(decision.Pass.FallingDue, CancellationToken.None);
        number = record.Number;
        applied = number;
        entriesPerPass = MaxEntries;
        return true;
    }

    private async Task ApplyAsync(PassRecord record, bool isRedo, CancellationToken cancellationToken)
    {
        await Task.WhenAll(record.Writes.Select(async writes =>
        {
            await passes.ApplyAsync(writes, record.Number, cancellationToken);
            stopDead.At(isRedo ? StopDead.WhileRedoing : StopDead.WhileApplying);
        }));
        if (record.Marks.Count > 0)
            await inbox.MarkAsync(record.Marks, cancellationToken);
        foreach (var mark in record.Marks.Where(mark => mark.State == EntryState.Done))
            waiters.Tell(mark.Id, mark.Outcome);
    }
}
