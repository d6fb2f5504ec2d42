using System.Threading.Channels;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Modularity;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Loyalty.Tests.Events;

public sealed class DueScheduleTests
{
    /// <summary>Note: with triggers that read the system's clock, the scheduler turns for ever over the first one that has misfired.</summary>
    [Fact]
    public async Task A_firing_that_comes_late_is_made_up_for_under_a_moved_clock()
    {
        var (clock, source) = (new MovingClock { Ahead = TimeSpan.FromDays(31) }, new Source());
        await using var services = new ServiceCollection().AddLogging().AddQuartz().AddSingleton<TimeProvider>(clock)
            .AddSingleton<IDue>(source).AddSingleton<IInbox, NoInbox>().AddSingleton<DueSchedule>().BuildServiceProvider();
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(TestContext.Current.CancellationToken);
        var due = services.GetRequiredService<DueSchedule>();
        await due.PrepareAsync(TestContext.Current.CancellationToken);
        await due.TakeUpAsync(TestContext.Current.CancellationToken);
        while (await scheduler.GetTrigger(new TriggerKey(source.Name, "next"), TestContext.Current.CancellationToken) is null)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        clock.Ahead += TimeSpan.FromHours(1);
        await scheduler.Start(TestContext.Current.CancellationToken);
        await source.LookedAtAsync();
        await due.ExpectAsync(new Dictionary<string, DateTimeOffset> { [source.Name] = clock.GetUtcNow() }, TestContext.Current.CancellationToken);
        await source.LookedAtAsync();

        await scheduler.Shutdown(waitForJobsToComplete: true, TestContext.Current.CancellationToken);
    }

    private sealed class MovingClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }

    private sealed class Source : IDue
    {
        private readonly Channel<string> looks = Channel.CreateUnbounded<string>();

        public string Name => "tests.things";

        public Task<IReadOnlyList<DueItem>> NextAsync(string? tenant, int limit, CancellationToken cancellationToken)
        {
            looks.Writer.TryWrite(Name);
            return Task.FromResult<IReadOnlyList<DueItem>>([]);
        }

        public async Task LookedAtAsync() => await looks.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private sealed class NoInbox : IInbox
    {
        public Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
