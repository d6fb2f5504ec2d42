using System.Collections.Concurrent;
using Loyalty.Events.Contracts;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Loyalty.Events;

/// <summary>
/// The Quartz triggers that fire what is due, on the host that decides. They are derived from the documents and can be lost: they are
/// set anew when the host begins to decide, when a pass says that something falls due sooner, and every minute.
/// </summary>
internal sealed class DueSchedule(ISchedulerFactory schedulers, IEnumerable<IDue> sources, TimeProvider time, ILogger<DueSchedule> log)
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
            var standing = Trigger().ForJob(job).WithIdentity(source.Name, "standing")
                .StartAt(time.GetUtcNow() + LookAgain)
                .WithSimpleSchedule(schedule => schedule.WithInterval(LookAgain).RepeatForever()).Build();
            await scheduler.ScheduleJob(job, standing, cancellationToken: cancellationToken);
        }
    }

    public Task TakeUpAsync(CancellationToken cancellationToken)
    {
        isOurs = true;
        foreach (var source in sources)
            Set(source.Name, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public void LayDown() => isOurs = false;

    /// <summary>Something falls due: if that is sooner than all that was known, the trigger is moved.</summary>
    public Task ExpectAsync(IReadOnlyDictionary<string, DateTimeOffset> falling, CancellationToken cancellationToken)
    {
        foreach (var (source, at) in falling)
            if (!next.TryGetValue(source, out var known) || at < known)
                Set(source, at);
        return Task.CompletedTask;
    }

    /// <summary>A look at the source begins. Note: what is expected from now on may be missed by it, and counts again.</summary>
    public void Look(string source) => next.TryRemove(source, out _);

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
