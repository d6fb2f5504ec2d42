using Microsoft.Extensions.Logging;
using Quartz;

namespace Loyalty.Passes.Due;

/// <summary>Appends an entry for everything of one source that is due, and says when to look again.</summary>
[DisallowConcurrentExecution]
internal sealed class FallDue(IEnumerable<IDueSource> sources, DueSchedule schedule, IInbox inbox, TimeProvider time, ILogger<FallDue> log) : IJob
{
    private const int Slice = 200;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var source = sources.Single(source => source.Name == context.JobDetail.Key.Name);
        if (!schedule.IsActive)
            return;
        try
        {
            if (await FireAsync(source, schedule.Look(source.Name), cancellationToken) is { } next)
                schedule.Expect(new Dictionary<string, DateTimeOffset> { [source.Name] = next });
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "What is due of {Source} could not be fired; it is tried again in a minute", source.Name);
        }
    }

    /// <summary>Note: slice by slice, each decided before the next, so that callers' entries come in between.</summary>
    private async Task<DateTimeOffset?> FireAsync(IDueSource source, DuePoint? from, CancellationToken cancellationToken)
    {
        var asked = from;
        while (schedule.IsActive)
        {
            var items = await source.NextAsync(null, asked, Slice, cancellationToken);
            var now = time.GetUtcNow();
            DueEntry[] due = [.. items.TakeWhile(item => item.Point.At <= now)];
            if (due.Length == 0)
                return items.Count > 0 ? items[0].Point.At : null;
            await inbox.PostAsync([.. due.Select(item => item.Entry)], cancellationToken);
            schedule.Asked(source.Name, asked, due[^1].Point);
            asked = due[^1].Point;
        }
        return null;
    }
}
