using System.Collections.Concurrent;
using Loyalty.Events.Contracts;
using Quartz;

namespace Loyalty.Events;

/// <summary>
/// The Quartz triggers that fire what is due, on the host that decides. They are derived from the documents and can be lost: they are
/// set anew when the host begins to decide, when a pass says that something falls due sooner, and every minute.
/// </summary>
internal sealed class DueSchedule(ISchedulerFactory schedulers, IEnumerable<IDue> sources, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> next = new(StringComparer.Ordinal);
    private volatile bool isOurs;

    /// <summary>Whether this host decides, and so fires what is due.</summary>
    public bool IsOurs => isOurs;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var source in sources)
        {
            var job = JobBuilder.Create<FallDue>().WithIdentity(source.Name).StoreDurably().Build();
            var standing = TriggerBuilder.Create().ForJob(job).WithIdentity(source.Name, "standing")
                .StartAt(time.GetUtcNow() + LookAgain)
                .WithSimpleSchedule(schedule => schedule.WithInterval(LookAgain).RepeatForever()).Build();
            await scheduler.ScheduleJob(job, standing, cancellationToken: cancellationToken);
        }
    }

    public async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        isOurs = true;
        foreach (var source in sources)
            await SetAsync(source.Name, time.GetUtcNow(), cancellationToken);
    }

    public void LayDown() => isOurs = false;

    /// <summary>Something falls due: if that is sooner than all that was known, the trigger is moved.</summary>
    public async Task ExpectAsync(IReadOnlyDictionary<string, DateTimeOffset> falling, CancellationToken cancellationToken)
    {
        foreach (var (source, at) in falling)
            if (!next.TryGetValue(source, out var known) || at < known)
                await SetAsync(source, at, cancellationToken);
    }

    /// <summary>A look at the source begins. Note: what is expected from now on may be missed by it, and counts again.</summary>
    public void Look(string source) => next.TryRemove(source, out _);

    private async Task SetAsync(string source, DateTimeOffset at, CancellationToken cancellationToken)
    {
        next[source] = at;
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        // Note: a trigger of the past could be taken for one that has misfired.
        var trigger = TriggerBuilder.Create().ForJob(source).WithIdentity(source, "next").StartAt(at > time.GetUtcNow() ? at : time.GetUtcNow()).Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }
}
