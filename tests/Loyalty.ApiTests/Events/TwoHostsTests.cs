namespace Loyalty.ApiTests.Events;

/// <summary>Two hosts on one database: one decides, both take events, and whichever dies or sleeps, each event happens once.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private SharedDatabase database = null!;
    private HostProcess first = null!;
    private HostProcess second = null!;

    public async ValueTask InitializeAsync()
    {
        database = await SharedDatabase.OpenAsync();
        first = new HostProcess(database.ConnectionString);
        second = new HostProcess(database.ConnectionString);
        await first.StartAsync();
        await second.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task The_same_batch_posted_through_both_at_once_happens_once()
    {
        using var one = await first.AsPartnerAsync();
        using var other = await second.AsPartnerAsync();
        for (var round = 0; round < 10; round++)
            await Task.WhenAll(Enumerable.Range(0, 4).Select(batch => PostToBothAsync($"{round}-{batch}")));
        Assert.Equal(800, await VisitsAsync(one, "both"));
        Assert.Equal(800, await VisitsAsync(other, "both"));

        async Task PostToBothAsync(string name)
        {
            var batch = $"[{string.Join(',', Enumerable.Range(0, 20).Select(index =>
                $$$"""{"event":"COUNTERS","eventId":"both-{{{name}}}-{{{index}}}","account":"both","counters":{"visits":1}}"""))}]";
            var answers = await Task.WhenAll(one.PostJsonAsync("api/event", batch), other.PostJsonAsync("api/event", batch));
            for (var index = 0; index < 20; index++)
                Assert.Equal(["APPLIED", "DUPLICATE"], answers.Select(answer => answer[index].Text("status")).Order());
        }
    }

    [Fact]
    public async Task When_the_deciding_host_is_killed_the_other_takes_over_and_nothing_is_lost_or_doubled()
    {
        var load = new Load("over", accounts: 5, perBatch: 10);
        using var stop = new CancellationTokenSource();
        var callers = new[] { first, second }.Select(host => load.RunAsync(host.AsPartnerAsync, stop.Token)).ToArray();
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await first.KillAsync();
        await Task.Delay(4000, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Task.WhenAll(callers);
        using var partner = await second.AsPartnerAsync();
        await load.AssertBetweenAsync(partner);
        await load.RepeatAsync(partner);
        await load.AssertExactAsync(partner);
    }

    [Fact]
    public async Task A_host_that_slept_past_its_lease_does_nothing_twice_when_it_wakes_up()
    {
        using var sleeper = await first.AsPartnerAsync();
        await sleeper.PostJsonAsync("api/event", """[{"event":"COUNTERS","eventId":"before","account":"sleep","counters":{"visits":1}}]""");
        var load = new Load("sleep", accounts: 1, perBatch: 5);
        using var stop = new CancellationTokenSource();
        var caller = load.RunAsync(second.AsPartnerAsync, stop.Token);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        first.Pause();
        await Task.Delay(TimeSpan.FromSeconds(14), TestContext.Current.CancellationToken);
        first.Resume();
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await caller.WaitAsync(TestContext.Current.CancellationToken);
        using var awake = await second.AsPartnerAsync();
        await load.AssertBetweenAsync(awake);
        await load.RepeatAsync(awake);
        await load.AssertExactAsync(awake);
        await sleeper.PostJsonAsync("api/event", """[{"event":"COUNTERS","eventId":"after","account":"sleep","counters":{"visits":1}}]""");
        Assert.Equal(2, await VisitsAsync(sleeper, "sleep"));
    }

    private static async Task<int> VisitsAsync(HttpClient http, string account) =>
        (await http.GetJsonAsync($"api/account/{account}")).GetProperty("counters").GetProperty("visits").GetInt32();
}
