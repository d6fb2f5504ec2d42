using System.Text.Json;

namespace Loyalty.ApiTests.Events;

/// <summary>The real host stops dead at an exact point of a pass and is started again on the same data.</summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly HostProcess host = new();

    /// <summary>Note: the demo's campaign must have come to rest, or the armed host stops dead over that.</summary>
    public async ValueTask InitializeAsync()
    {
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await Eventually(async () => (await partner.GetJsonAsync("api/campaign/welcome")) is var campaign
            && campaign.Text("status") == "RUNNING" && campaign.GetProperty("cnt").GetInt64() == 2);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("after-append")]
    [InlineData("after-record")]
    [InlineData("while-applying")]
    public async Task Applies_an_order_once_when_the_host_stops_dead(string point)
    {
        var account = $"crash-{point}";
        var order = $$$"""[{"eventId":"{{{account}}}","event":"ORDER","account":"{{{account}}}","order":{"id":"{{{account}}}","status":"COMPLETED","total":"13.99"}}]""";
        await StopDeadAsync(point, order);
        await host.RestartAsync();
        using var partner = await host.AsPartnerAsync();
        await Eventually(async () => await OrdersOfAsync(partner, account) == 1);
        var again = await partner.PostJsonAsync("api/event", order);
        Assert.Equal("DUPLICATE", again[0].Text("status"));
        Assert.Equal("APPLIED", again[0].GetProperty("first").Text("status"));
        var found = await partner.GetJsonAsync($"api/account/{account}");
        Assert.Equal(1, found.GetProperty("counters").GetProperty("orders").GetInt32());
        Assert.Equal(13.99m, found.GetProperty("counters").GetProperty("total").GetDecimal());
        Assert.Equal(1, found.GetProperty("coupons").GetArrayLength());
    }

    [Fact]
    public async Task Counts_joins_once_however_often_the_host_stops_dead()
    {
        using var before = await host.AsPartnerAsync();
        var joined = await JoinsAsync(before);
        foreach (var point in new[] { "after-record", "while-applying", "after-append" })
        {
            await StopDeadAsync(point, $$$"""[{"eventId":"join-{{{point}}}","event":"ORDER","account":"join-{{{point}}}","order":{"id":"join-{{{point}}}","status":"CLOSED","total":5}}]""");
            await host.RestartAsync();
        }
        using var after = await host.AsPartnerAsync();
        await Eventually(async () => await JoinsAsync(after) >= joined + 3);
        Assert.Equal(joined + 3, await JoinsAsync(after));
        Assert.Equal(joined + 3, (await after.GetJsonAsync("api/campaign/welcome")).GetProperty("cnt").GetInt64());
    }

    [Fact]
    public async Task Counts_once_what_was_answered_but_not_marked_when_the_host_stops_dead_over_the_next_pass()
    {
        await host.KillAsync();
        host.Settings["Events__CrashAt"] = "before-inbox-updates";
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        var first = Visit("unmarked-1");
        Assert.Equal("APPLIED", (await partner.PostJsonAsync("api/event", first))[0].Text("status"));
        Assert.Equal(1, await VisitsAsync(partner));
        await Assert.ThrowsAsync<HttpRequestException>(() => partner.PostJsonAsync("api/event", Visit("unmarked-2")));
        await host.WaitForExitAsync();
        host.Settings.Remove("Events__CrashAt");
        await host.RestartAsync();
        using var after = await host.AsPartnerAsync();
        Assert.Equal("DUPLICATE", (await after.PostJsonAsync("api/event", first))[0].Text("status"));
        Assert.Equal("DUPLICATE", (await after.PostJsonAsync("api/event", Visit("unmarked-2")))[0].Text("status"));
        Assert.Equal(2, await VisitsAsync(after));

        static string Visit(string id) => $$$"""[{"eventId":"{{{id}}}","event":"COUNTERS","account":"unmarked","counters":{"visits":1}}]""";
        static async Task<int> VisitsAsync(HttpClient http) =>
            (await http.GetJsonAsync("api/account/unmarked")).GetProperty("counters").GetProperty("visits").GetInt32();
    }

    private async Task StopDeadAsync(string point, string events)
    {
        await host.KillAsync();
        host.Settings["Events__CrashAt"] = point;
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        // Note: what a caller waits for is decided before it is stored.
        if (point == "after-append")
            partner.DefaultRequestHeaders.Add("Prefer", "respond-async");
        await Assert.ThrowsAsync<HttpRequestException>(() => partner.PostJsonAsync("api/event", events));
        await host.WaitForExitAsync();
        host.Settings.Remove("Events__CrashAt");
    }

    private static async Task<long> JoinsAsync(HttpClient partner) =>
        (await partner.GetJsonAsync("api/stats/campaign?name=welcome")).GetProperty("days").EnumerateArray()
        .Sum(day => day.GetProperty("figures").GetProperty("joins").GetInt64());

    private static async Task<int> OrdersOfAsync(HttpClient partner, string account)
    {
        using var answer = await partner.GetAsync(new Uri($"api/account/{account}", UriKind.Relative), TestContext.Current.CancellationToken);
        if (!answer.IsSuccessStatusCode)
            return 0;
        var found = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return found.GetProperty("counters").GetProperty("orders").GetInt32();
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await holds())
                return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
