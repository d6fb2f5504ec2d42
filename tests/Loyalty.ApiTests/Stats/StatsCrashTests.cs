namespace Loyalty.ApiTests.Stats;

/// <summary>The real host stops dead while it counts, again and again; what it answers afterwards is what happened.</summary>
public sealed class StatsCrashTests : IAsyncLifetime
{
    private readonly HostProcess host = new();

    public async ValueTask InitializeAsync()
    {
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await Eventually.TrueAsync(async () => (await partner.GetJsonAsync("api/campaign/welcome")).Text("status") == "RUNNING", "the demo is at rest");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_figure_counts_once_what_happened_when_the_host_died_wherever_it_died()
    {
        using var before = await host.AsPartnerAsync();
        var (joins, given, accounts) = await CountsAsync(before);
        var added = 0;
        foreach (var points in new[] { "after-append", "after-record", "while-applying", "after-record while-redoing" })
        {
            var batch = Orders.Batch([.. Enumerable.Range(0, 20).Select(number => Orders.Event($"o{added + number}", $"crashed-{added + number}", eventId: $"e{added + number}"))]);
            await StopDeadAsync(points.Split(' '), batch);
            await host.RestartAsync();
            using var partner = await host.AsPartnerAsync();
            added += 20;
            // Note: a repeat waits for what was acknowledged before, and counts nothing.
            Assert.All((await partner.PostJsonAsync("api/event", batch)).EnumerateArray(), outcome => Assert.Equal("DUPLICATE", outcome.Text("status")));
            Assert.Equal((joins + added, given + added, accounts + added), await CountsAsync(partner));
        }
    }

    [Fact]
    public async Task Every_figure_counts_once_what_happened_under_load_when_the_host_was_killed_at_any_moment()
    {
        const int Callers = 3;
        const int Batches = 12;
        using var before = await host.AsPartnerAsync();
        var (joins, given, _) = await CountsAsync(before);
        var running = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => OrderAsync(caller, Batches))).ToArray();
        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(700, TestContext.Current.CancellationToken);
            await host.RestartAsync();
        }
        await Task.WhenAll(running);

        using var after = await host.AsPartnerAsync();
        const int Added = Callers * Batches * 10;
        using var manager = await host.AsManagerAsync();
        await Eventually.TrueAsync(
            async () => (await manager.GetJsonAsync("api/account/count")).GetInt32() == (await CountsAsync(after)).Accounts, "every account is counted in its segment");
        var counts = await CountsAsync(after);
        Assert.Equal((joins + Added, given + Added), (counts.Joins, counts.Given));
        Assert.Equal(joins + Added, (await after.GetJsonAsync("api/campaign/welcome")).GetProperty("cnt").GetInt32());
    }

    /// <summary>Posts ten members' first orders at a time, each batch again until it is acknowledged.</summary>
    private async Task OrderAsync(int caller, int batches)
    {
        for (var batch = 0; batch < batches;)
        {
            try
            {
                using var partner = await host.AsPartnerAsync();
                var names = Enumerable.Range(0, 10).Select(number => $"load-{caller}-{batch}-{number}");
                using var answer = await partner.SendJsonAsync(HttpMethod.Post, "api/event", Orders.Batch([.. names.Select(name => Orders.Event(name, name, eventId: name))]));
                if (answer.StatusCode == System.Net.HttpStatusCode.OK)
                    batch++;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException)
            {
            }
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private async Task StopDeadAsync(string[] points, string events)
    {
        await host.KillAsync();
        host.Settings["Events__CrashAt"] = points[0];
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        // Note: what a caller waits for is decided before it is stored.
        if (points[0] == "after-append")
            partner.DefaultRequestHeaders.Add("Prefer", "respond-async");
        await Assert.ThrowsAsync<HttpRequestException>(() => partner.PostJsonAsync("api/event", events));
        await host.WaitForExitAsync();
        foreach (var point in points[1..])
        {
            host.Settings["Events__CrashAt"] = point;
            await host.StartAsync(waitUntilReady: false);
            await host.WaitForExitAsync();
        }
        host.Settings.Remove("Events__CrashAt");
    }

    /// <summary>Joins and coupons of the demo's campaign, and accounts in segments: each asked for in days and in totals, which agree.</summary>
    private static async Task<(int Joins, int Given, int Accounts)> CountsAsync(HttpClient http)
    {
        var (period, global) = await CampaignStatsTests.StatsAsync(http, "welcome");
        Assert.Equal(period.GetProperty("totals").GetRawText(), global.GetProperty("totals").GetRawText());
        var segments = (await http.GetJsonAsync("api/stats/segments")).GetProperty("days")[29];
        return (global.GetProperty("totals").GetProperty("joins").GetInt32(), global.GetProperty("totals").GetProperty("couponsGiven").GetInt32(),
            segments.GetProperty("accounts").EnumerateObject().Sum(segment => segment.Value.GetInt32()));
    }
}
