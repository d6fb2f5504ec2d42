
namespace Loyalty.Outbox;

/// <summary>Delivers what is due for one receiver: several subjects at once, each subject in order.</summary>
internal sealed class OutboxLine(OutboxStore store, OutboxChannels channels, Delivery delivery, IInbox inbox, OutboxOptions options, TimeProvider time)
{
    private const int AtOnce = 100;
    private const int OfOneLane = 10;

    private static readonly TimeSpan InFlight = TimeSpan.FromMilliseconds(500);

    /// <summary>Until nothing is due any more; answers until when the receiver has asked to be left alone.</summary>
    public async Task<DateTimeOffset?> RunAsync(string receiver, CancellationToken stopping)
    {
        while (true)
        {
            var due = await store.DueAsync(receiver, AtOnce, stopping);
            if (due.Count == 0)
                return null;
            var lanes = await store.LanesAsync(due.Select(item => item.Lane).Distinct(), stopping);
            var now = time.GetUtcNow();
            await DeferAsync(due, lanes, now);
            OutboxItem[][] ready = [.. lanes.Select(lane => Ready(lane, now)).Where(items => items.Length > 0)];
            var obsolete = await channels.ObsoleteAsync([.. ready.SelectMany(items => items)], stopping);
            var rest = new Rest();
            await Parallel.ForEachAsync(ready, new ParallelOptions { MaxDegreeOfParallelism = options.PerReceiver, CancellationToken = stopping }, async (items, _) =>
            {
                foreach (var item in items)
                    if (rest.Until is not null || stopping.IsCancellationRequested || !await DeliverAsync(item, obsolete.GetValueOrDefault(item.Id), rest))
                        return;
            });
            if (rest.Until is { } until)
                return until;
        }
    }

    /// <summary>What of a lane may go now: from its first on, as far as nothing is under way or to be tried later.</summary>
    private static OutboxItem[] Ready(IEnumerable<OutboxItem> lane, DateTimeOffset now) =>
        [.. lane.TakeWhile(item => item.NextAt <= now || item is { Holder: null, Attempts: 0 }).Take(OfOneLane)];

    /// <summary>What is due waits behind a first that is not: one that is being delivered for a moment, one that is to be tried again until then.</summary>
    private async Task DeferAsync(IReadOnlyList<OutboxItem> due, ILookup<string, OutboxItem> lanes, DateTimeOffset now)
    {
        foreach (var item in due)
            if (lanes[item.Lane].FirstOrDefault() is { } head && head.Id != item.Id && head.NextAt > now && Ready([head], now).Length == 0)
                await store.DeferAsync(item, head.Holder is null ? head.NextAt.Value : now + InFlight);
    }

    /// <summary>False: what comes after it has to wait.</summary>
    private async Task<bool> DeliverAsync(OutboxItem item, string? why, Rest rest)
    {
        if (await store.ClaimAsync(item) is not { } claimed)
            return false;
        if (why is not null)
            await store.EndAsync(claimed, OutboxStatus.Withdrawn, why);
        else if (claimed.Until < time.GetUtcNow())
            await store.EndAsync(claimed, OutboxStatus.Dead, TooLate(claimed), claimed.LastStatus);
        else
            return await SettleAsync(claimed, await delivery.SendAsync(claimed), rest);
        return true;
    }

    /// <summary>False: it is tried again, and what comes after it waits.</summary>
    private async Task<bool> SettleAsync(OutboxItem item, DeliveryResult result, Rest rest)
    {
        switch (result)
        {
            case DeliveryResult.Delivered done:
                // Note: in this order, so that a crash in between repeats the delivery, which the receiver knows by its key, and loses no fact.
                if (channels.Of(item)?.DeliveredEntry(item, time.GetUtcNow()) is { } entry)
                    await inbox.AppendAsync([entry], CancellationToken.None);
                await store.DeliveredAsync(item, done.Status);
                return true;
            case DeliveryResult.Dead dead:
                await store.EndAsync(item, OutboxStatus.Dead, dead.Why, dead.Status);
                return true;
            default:
                return await RetryAsync(item, (DeliveryResult.Again)result, rest);
        }
    }

    private async Task<bool> RetryAsync(OutboxItem item, DeliveryResult.Again again, Rest rest)
    {
        var now = time.GetUtcNow();
        if (again.After is { } asked)
            rest.Until = now + asked;
        var wait = RetryDelay.After(item.Attempts, options, Random.Shared.NextDouble());
        var at = now + (again.After > wait ? again.After.Value : wait);
        if (item.Attempts >= options.Attempts)
            await store.EndAsync(item, OutboxStatus.Dead, $"{again.Why} It was tried {item.Attempts} times. Resend it when the receiver works again.", again.Status);
        else if (item.Until < at)
            await store.EndAsync(item, OutboxStatus.Dead, $"{again.Why} {TooLate(item)}", again.Status);
        else
        {
            await store.RetryAsync(item, at, again.Why, again.Status);
            return false;
        }
        return true;
    }

    private static string TooLate(OutboxItem item) =>
        $"The next attempt would be later than {item.Until:yyyy-MM-dd HH:mm:ss}Z, the tenant's limit: it counts as missed. Resend it to send it all the same.";

    private sealed class Rest
    {
        public DateTimeOffset? Until { get; set; }
    }
}
