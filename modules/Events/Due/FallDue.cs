using Loyalty.Events.Contracts;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Loyalty.Events;

/// <summary>Appends an entry for everything of one kind that is due, and says when to look again.</summary>
[DisallowConcurrentExecution]
internal sealed class FallDue(IEnumerable<IDue> sources, DueSchedule schedule, IInbox inbox, TimeProvider time, ILogger<FallDue> log) : IJob
{
    private const int AtOnce = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var source = sources.Single(source => source.Name == context.JobDetail.Key.Name);
        if (!schedule.IsOurs)
            return;
        try
        {
            schedule.Look(source.Name);
            if (await FireAsync(source, cancellationToken) is { } next)
                await schedule.ExpectAsync(new Dictionary<string, DateTimeOffset> { [source.Name] = next }, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "What is due of {Source} could not be fired; it is tried again in a minute", source.Name);
        }
    }

    /// <summary>Note: what was appended once and is still due could not be decided; it waits for the next look, so that it does not turn in circles.</summary>
    private async Task<DateTimeOffset?> FireAsync(IDue source, CancellationToken cancellationToken)
    {
        var appended = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var items = await source.NextAsync(null, AtOnce, cancellationToken);
            var now = time.GetUtcNow();
            NewEntry[] due = [.. items.Where(item => item.At <= now && appended.Add(item.Entry.Id)).Select(item => item.Entry)];
            if (due.Length == 0)
                return items.FirstOrDefault(item => item.At > now)?.At;
            await inbox.PostAsync(due, cancellationToken);
        }
    }
}
