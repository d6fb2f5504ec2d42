using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Loyalty.Passes.Due;

/// <summary>
/// The Quartz triggers that fire what is due, on the host that decides. They are derived from the documents and can be lost: they are
/// set anew when the host begins to decide, when a pass says that something falls due sooner, and every minute.
/// </summary>
internal sealed class DueSchedule(ISchedulerFactory schedulers, IEnumerable<IDueSource> sources, TimeProvider time, ILogger<DueSchedule> log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    /// <summary>Note: what was asked for and is still due could not be decided then; perhaps it can by now.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> next = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DuePoint> asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> askedFrom = new(StringComparer.Ordinal);
    private volatile bool isActive;

    /// <summary>Whether this host decides, and so fires what is due.</summary>
    public bool IsActive => isActive;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var source in sources)
        {
            await source.CreateIndexesAsync(cancellationToken);
            var job = JobBuilder.Create<FallDue>().WithIdentity(source.Name).StoreDurably().Build();
            var standing = Trigger().ForJob(job).WithIdentity(source.Name, "standing")
                .StartAt(time.GetUtcNow() + LookAgain)
                .WithSimpleSchedule(schedule => schedule.WithInterval(LookAgain).RepeatForever()).Build();
            await scheduler.ScheduleJob(job, standing, cancellationToken: cancellationToken);
        }
    }

    public void Activate()
    {
        asked.Clear();
        isActive = true;
        foreach (var source in sources)
            Set(source.Name, time.GetUtcNow());
    }

    public void Deactivate() => isActive = false;

    /// <summary>Something falls due: if that is sooner than all that was known, the trigger is moved.</summary>
    public void Expect(IReadOnlyDictionary<string, DateTimeOffset> falling)
    {
        foreach (var (source, at) in falling)
        {
            if (asked.TryGetValue(source, out var point) && at <= point.At)
                asked.TryUpdate(source, new DuePoint(at.AddMilliseconds(-1), ""), point);
            if (!next.TryGetValue(source, out var known) || at < known)
                Set(source, at);
        }
    }

    /// <summary>A look at the source begins. Answers from where on. Note: what is expected from now on may be missed by it, and counts again.</summary>
    public DuePoint? Look(string source)
    {
        next.TryRemove(source, out _);
        var now = time.GetUtcNow();
        if (askedFrom.TryGetValue(source, out var began) && now - began < AskAgain && asked.TryGetValue(source, out var point))
            return point;
        askedFrom[source] = now;
        asked.TryRemove(source, out _);
        return null;
    }

    /// <summary>All up to this point has been asked for, unless something sooner was expected since the look began.</summary>
    public void Asked(string source, DuePoint? before, DuePoint now)
    {
        if (before is { } known)
            asked.TryUpdate(source, now, known);
        else
            asked.TryAdd(source, now);
    }

    /// <summary>Note: neither a start nor a pass waits for Quartz; the trigger follows what is known.</summary>
    private void Set(string source, DateTimeOffset at)
    {
        next[source] = at;
        _ = Task.Run(() => FollowAsync(source));
    }

    /// <summary>Note: of two that run at once, the one that sets last sets what is known last.</summary>
    private async Task FollowAsync(string source)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            DateTimeOffset? set = null;
            while (next.TryGetValue(source, out var at) && at != set && scheduler.Status is not (SchedulerStatus.ShuttingDown or SchedulerStatus.Shutdown))
            {
                // Note: a trigger of the past could be taken for one that has misfired.
                var now = time.GetUtcNow();
                var trigger = Trigger().ForJob(source).WithIdentity(source, "next").StartAt(at > now ? at : now).Build();
                await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace);
                set = at;
            }
        }
        catch (Exception error)
        {
            log.LogWarning(error, "The trigger of {Source} could not be set; it is looked at again within a minute", source);
        }
    }

    /// <summary>Note: a trigger must read the clock of its scheduler. By the system's clock a misfired one would stay in the past for ever.</summary>
    private TriggerBuilder<IJob> Trigger() => TriggerBuilder.Create(time);
}
