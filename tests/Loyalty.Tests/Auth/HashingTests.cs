using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>Hashing takes a fixed share of the processors, in turn.</summary>
public sealed class HashingTests
{
    [Fact]
    public async Task Never_more_than_a_quarter_of_the_processors_hash_at_once()
    {
        var hashing = new Hashing();
        var (now, most) = (0, 0);
        var gate = new Lock();
        var work = Enumerable.Range(0, 60).Select(number => hashing.RunAsync($"tenant {number % 3}", () =>
        {
            lock (gate)
                most = Math.Max(most, ++now);
            Thread.Yield();
            lock (gate)
                now--;
            return number;
        }, TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(0, 60), (await Task.WhenAll(work)).Order());
        Assert.InRange(most, 1, Math.Max(1, Environment.ProcessorCount / 4));
    }

    [Fact]
    public async Task Whoever_asks_for_little_waits_for_one_turn_of_whoever_asks_for_much()
    {
        var hashing = new Hashing();
        using var first = new ManualResetEventSlim();
        var order = new List<string>();
        var blocked = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => hashing.RunAsync("first", () => Wait(first), TestContext.Current.CancellationToken)).ToArray();
        var crowd = Enumerable.Range(0, 50).Select(_ => hashing.RunAsync("crowd", () => Note("crowd"), TestContext.Current.CancellationToken)).ToArray();
        var one = hashing.RunAsync("one", () => Note("one"), TestContext.Current.CancellationToken);
        first.Set();
        await Task.WhenAll([.. blocked, .. crowd, one]);
        Assert.InRange(order.IndexOf("one"), 0, Environment.ProcessorCount + 1);

        static int Wait(ManualResetEventSlim signal)
        {
            signal.Wait(TestContext.Current.CancellationToken);
            return 0;
        }

        int Note(string who)
        {
            lock (order)
                order.Add(who);
            return 0;
        }
    }

    [Fact]
    public async Task Who_has_gone_costs_nothing_and_a_fault_is_that_of_whoever_asked()
    {
        var hashing = new Hashing();
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hashing.RunAsync<int>("a", () => throw new InvalidOperationException("not to be run"), gone.Token));
        await Assert.ThrowsAsync<FormatException>(() => hashing.RunAsync<int>("a", () => throw new FormatException(), TestContext.Current.CancellationToken));
        Assert.True(await hashing.VerifyAsync("a", "correct horse", Passwords.Hash("correct horse", 1000), TestContext.Current.CancellationToken));
    }
}
