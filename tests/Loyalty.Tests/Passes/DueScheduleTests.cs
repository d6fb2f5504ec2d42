using System.Threading.Channels;
using Loyalty.Passes.Due;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Loyalty.Tests.Passes;

public sealed class DueScheduleTests
{
    /// <summary>
    /// Note: with triggers that read the system's clock, the scheduler turns for ever over the first one that has
    /// misfired.
    /// </summary>
    [Fact]
    public async Task A_firing_that_comes_late_is_made_up_for_under_a_moved_clock()
    {
        var (clock, source) = (new MovingClock { Ahead = TimeSpan.FromDays(31) }, new Source());
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var services = new ServiceCollection().AddLogging().AddQuartz().AddSingleton<TimeProvider>(clock)
            .AddSingleton<IDueSource>(source).AddSingleton<IInbox, NoInbox>().AddSingleton<DueSchedule>()
            .BuildServiceProvider();
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        var due = services.GetRequiredService<DueSchedule>();
        await due.PrepareAsync(cancellationToken);
        due.Activate();
        while (await scheduler.GetTrigger(new TriggerKey(source.Name, "next"), cancellationToken) is null)
            await Task.Delay(10, cancellationToken);

        clock.Ahead += TimeSpan.FromHours(1);
        await scheduler.Start(cancellationToken);
        await source.LookedAtAsync();
        var falling = new Dictionary<string, DateTimeOffset> { [source.Name] = clock.GetUtcNow() };
        due.Expect(falling);
        await source.LookedAtAsync();

        await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    private sealed class MovingClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }

    private sealed class Source : IDueSource
    {
        private readonly Channel<string> looks = Channel.CreateUnbounded<string>();

        public string Name => "tests.things";

        public Task CreateIndexesAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<DueEntry>> NextAsync(string? tenant, DuePoint? after, int limit, CancellationToken cancellationToken)
        {
            looks.Writer.TryWrite(Name);
            return Task.FromResult<IReadOnlyList<DueEntry>>([]);
        }

        public async Task LookedAtAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            await looks.Reader.ReadAsync(limit.Token);
        }
    }

    private sealed class NoInbox : IInbox
    {
        public Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
