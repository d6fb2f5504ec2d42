using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Passes.Deciding;

/// <summary>
/// Decides what is in the inbox and what callers of this host post, one pass after another, while this host holds the lease: take
/// entries, decide them in memory, store the decision as one record, write what it says.
/// </summary>
internal sealed class PassRunner(
    InboxStore inbox, DirectQueue queue, PassStore passes, OldRecords old, DecidingLease lease, Decider decider, PassLoader loader, PassParts parts, DueSchedule due,
    PendingInboxUpdates updates, Waiters waiters, PositionClock positions, PassSignal signal, PassProgress progress, CrashPoints crashPoints, TimeProvider time,
    ILogger<PassRunner> log) : BackgroundService
{
    private const int MaxEntries = 2000;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RenewEvery = DecidingLease.Duration / 3;

    private readonly BlockedKeys blocked = new();
    private readonly Suspects suspects = new(loader.KeysOf);
    private long number;
    private bool isAtRest;
    private bool hadStep;

    /// <summary>Note: the updates that are being written are those of the newest pass; all before it is written.</summary>
    private long Applied => updates.AreWritten ? number : number - 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                StandBy();
                if (await lease.TryHoldAsync(stoppingToken))
                    await DecideWhileHoldingAsync(stoppingToken);
                else
                    await Task.Delay(Idle * 4, time, stoppingToken);
                progress.Standing();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception error)
            {
                log.LogError(error, "Deciding was interrupted; it is resumed");
                progress.Failed(error);
                await Task.Delay(Idle * 4, time, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        StandBy();
        await lease.ReleaseAsync(CancellationToken.None);
    }

    private void StandBy()
    {
        due.Deactivate();
        progress.IsDeciding = false;
    }

    private async Task DecideWhileHoldingAsync(CancellationToken stopping)
    {
        await TakeOverAsync(stopping);
        due.Activate();
        progress.IsDeciding = true;
        queue.Open();
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
                if (!(suspects.IsEmpty ? await NextAsync(stopping) : await PassAsync(suspects.Take(), [], stopping)))
                    return;
            }
        }
        finally
        {
            queue.Close();
            suspects.Clear();
            await updates.EndAsync();
        }
    }

    /// <summary>
    /// False: another host holds the lease. Note: whatever keeps a batch from being decided here and now, it is given back, to be appended
    /// to the inbox like any other.
    /// </summary>
    private async Task<bool> NextAsync(CancellationToken stopping)
    {
        var pending = await PendingAsync(stopping);
        var batches = queue.Take(MaxEntries - pending.Count);
        try
        {
            await GiveRepeatsBackAsync(batches, stopping);
            PostedBatch[] posted = [.. batches.Where(batch => !batch.IsGivenBack)];
            InboxEntry[] entries = [.. pending.Concat(posted.SelectMany(batch => batch.Entries)).OrderBy(entry => entry.Position)];
            if (entries.Length > 0)
                return await PassAsync(entries, posted, stopping);
            progress.Passed();
            return await signal.WaitAsync(Idle, stopping) || await RestAsync(stopping);
        }
        finally
        {
            foreach (var batch in batches)
                batch.GiveBack();
        }
    }

    /// <summary>
    /// What the inbox holds to be decided, and at most one step of a chain: callers wait for no more than that. Where callers are waiting and the
    /// last pass had a step, this one has none.
    /// </summary>
    private async Task<IReadOnlyList<InboxEntry>> PendingAsync(CancellationToken stopping)
    {
        var decided = updates.Decided;
        var pending = await inbox.PendingAsync(MaxEntries, new(parts.ChainKinds, Only: false), updates.Positions, stopping);
        var steps = hadStep && (pending.Count > 0 || !queue.IsEmpty)
            ? []
            : await inbox.PendingAsync(1, new(parts.ChainKinds, Only: true), updates.Positions, stopping);
        return [.. pending.Concat(steps).Where(entry => !decided.Contains(entry.Id))];
    }

    private async Task GiveRepeatsBackAsync(IReadOnlyList<PostedBatch> batches, CancellationToken stopping)
    {
        if (batches.Count == 0)
            return;
        if (batches.Any(batch => batch.Ids.Any(updates.Decided.Contains)))
            await updates.WrittenAsync();
        var known = await inbox.KnownAsync(batches.SelectMany(batch => batch.Ids), stopping);
        foreach (var batch in batches.Where(batch => batch.Ids.Any(known.Contains)))
            batch.GiveBack();
    }

    /// <summary>An empty pass at the next number fences the host that decided before; then what that host left unfinished is finished.</summary>
    private async Task TakeOverAsync(CancellationToken stopping)
    {
        decider.Forget();
        PassRecord fence;
        do
            fence = Empty(await passes.LastAsync(stopping));
        while (!await passes.TryAddAsync(fence, stopping));
        foreach (var record in await passes.AfterAsync(fence.Applied, stopping))
        {
            await WriteAsync(record, null, CrashPoints.WhileRedoing, stopping);
            await UpdateInboxAsync(record, stopping);
            Tell(record.Updates);
        }
        blocked.Clear();
        foreach (var (id, position, keys) in await inbox.BlockersAsync(stopping))
            blocked.Add(id, position, keys);
        (number, isAtRest, hadStep) = (fence.Number, false, false);
        log.LogInformation("This host decides, from pass {Number}", number);
    }

    /// <summary>
    /// Nothing is left to do, so an empty record takes the place of all others, which hold what was said of people. False: another
    /// host holds the lease.
    /// </summary>
    private async Task<bool> RestAsync(CancellationToken stopping)
    {
        if (isAtRest || !updates.AreWritten)
            return true;
        var empty = Empty((number, Applied));
        if (!await passes.TryAddAsync(empty, stopping))
            return false;
        await old.RemoveAsync(empty.Applied);
        (number, isAtRest) = (empty.Number, true);
        return true;
    }

    /// <summary>False: another host holds the lease.</summary>
    private async Task<bool> PassAsync(InboxEntry[] entries, PostedBatch[] posted, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        Decision decision;
        PassRecord record;
        try
        {
            decision = await decider.DecideAsync(number + 1, entries, blocked, stopping);
            record = PassRecord.Of(decision, posted.SelectMany(batch => batch.Entries), Empty((number, Applied)));
            if (!await passes.TryAddAsync(record.Number, record.ToBytes(), stopping))
                return false;
        }
        catch (Exception error) when (!StoreOutage.Is(error) && error is not OperationCanceledException)
        {
            return await IsolateAsync(entries, posted, error, stopping);
        }
        foreach (var batch in posted)
            batch.Decided();
        await FinishAsync(decision, record);
        progress.Passed(entries, decision, time.GetElapsedTime(began));
        return true;
    }

    /// <summary>
    /// The pass cannot be decided or recorded as a whole: smaller ones are tried until the entry at fault is alone, and parked. Note: entries
    /// that callers have posted are given back first, and come again by way of the inbox.
    /// </summary>
    private async Task<bool> IsolateAsync(InboxEntry[] entries, PostedBatch[] posted, Exception error, CancellationToken stopping)
    {
        decider.Forget();
        if (posted.Length > 0)
            return true;
        if (entries.Length > 1)
        {
            suspects.Split(entries);
            return true;
        }
        var decision = decider.Park(number + 1, entries[0], error);
        var record = PassRecord.Of(decision, [], Empty((number, Applied)));
        if (!await passes.TryAddAsync(record, stopping))
            return false;
        await FinishAsync(decision, record);
        return true;
    }

    /// <summary>Note: the record is stored, so the decision stands. Stopping now would only leave the writing to the next start.</summary>
    private async Task FinishAsync(Decision decision, PassRecord record)
    {
        crashPoints.At(CrashPoints.AfterRecord);
        if (!updates.AreWritten)
            crashPoints.At(CrashPoints.BeforeInboxUpdates);
        await updates.WrittenAsync();
        await WriteAsync(record, decision.Pass, CrashPoints.WhileApplying, CancellationToken.None);
        decision.Pass.Remember();
        due.Expect(decision.Pass.FallingDue);
        (number, isAtRest, hadStep) = (record.Number, false, decision.HadStep);
        Block(decision);
        if (decision.MayBeWrittenLater && !record.Blanking.Any())
        {
            // Note: a refusal is told when the inbox holds it, because only then may the caller send the entry again, mended.
            updates.Begin(decision.Updates, () => UpdateInboxLaterAsync(record, decision.Updates));
            Tell(decision.Updates.Where(update => !update.IsRefused));
            return;
        }
        await UpdateInboxAsync(record, CancellationToken.None);
        Tell(decision.Updates);
    }

    private void Block(Decision decision)
    {
        foreach (var update in decision.Updates)
            if (update.Blocks)
                blocked.Add(update.Id, update.Position, update.Keys ?? []);
            else
                blocked.Remove(update.Id);
        foreach (var part in decision.Pass.PutAside)
            blocked.Add(part.Id, part.Position, part.Keys ?? []);
    }

    /// <param name="pass">Null: the record is done again, and nothing is known of it but what it says.</param>
    private async Task WriteAsync(PassRecord record, Pass? pass, string point, CancellationToken cancellationToken)
    {
        var refused = await Task.WhenAll(record.Writes.Except(record.Blanking).Select(async writes =>
        {
            var answer = await passes.ApplyAsync(writes, record.Number, cancellationToken);
            crashPoints.At(point);
            return answer;
        }));
        foreach (var write in refused.SelectMany(writes => writes))
            await SetAsideAsync(record, pass, write, cancellationToken);
    }

    private async Task SetAsideAsync(PassRecord record, Pass? pass, RefusedWrite refused, CancellationToken cancellationToken)
    {
        log.LogError("The store refused a write of pass {Number} to {Collection}: {Reason}", record.Number, refused.Collection, refused.Reason);
        if (refused.Document is not { } document)
            return;
        var keys = pass?.KeysOfWriter(refused.Collection, document["_id"].ToString()!) ?? [];
        var parked = WriteRefused.Of(refused, record.Number, keys, time.GetUtcNow(), positions.Next());
        await inbox.InsertAsync([parked], cancellationToken);
        blocked.Add(parked.Id, parked.Position, parked.Keys!);
    }

    private async Task UpdateInboxAsync(PassRecord record, CancellationToken cancellationToken)
    {
        if (record.Entries.Count > 0)
            await inbox.PutAsync(record.Entries, record.Number, cancellationToken);
        if (record.Updates.Count > 0)
            await inbox.UpdateAsync(record.Updates, record.Number, cancellationToken);
        foreach (var writes in record.Blanking)
            await passes.ApplyAsync(writes, record.Number, cancellationToken);
    }

    private async Task UpdateInboxLaterAsync(PassRecord record, IReadOnlyList<InboxUpdate> made)
    {
        await crashPoints.HoldBackAsync(CrashPoints.BeforeInboxUpdates);
        await UpdateInboxAsync(record, CancellationToken.None);
        Tell(made.Where(update => update.IsRefused));
        await old.RemoveNowAndThenAsync(record.Applied);
    }

    private void Tell(IEnumerable<InboxUpdate> made)
    {
        foreach (var update in made.Where(update => update.State == EntryState.Done))
            waiters.Tell(update.Id, update.Outcome);
    }

    private PassRecord Empty((long Number, long Applied) last) =>
        new() { Number = last.Number + 1, Applied = last.Applied, Holder = lease.Holder, At = time.GetUtcNow() };
}
