namespace Loyalty.ApiTests;

/// <summary>The host is killed at the worst moments, for real, and started again.</summary>
public sealed class PowerCutTests
{
    [Theory, InlineData("after-append"), InlineData("after-record")]
    public async Task An_order_is_applied_once_when_the_host_dies(string point)
    {
        await using var host = await StartAsync();

        await StrikeAsync(host, point);

        await RecoverAsync(host);
    }

    /// <summary>Note: what the next start has to redo is the pass of the order, and it dies over that, too.</summary>
    [Fact]
    public async Task An_order_is_applied_once_when_the_host_dies_again_over_the_redo()
    {
        await using var host = await StartAsync();
        await StrikeAsync(host, "after-record");

        host.Settings["Events__StopDeadAt"] = "while-applying";
        await host.StartAsync(waitUntilReady: false);
        await host.WaitForExitAsync();

        await RecoverAsync(host);
    }

    private static readonly string Batch = Orders.Batch(Orders.Event("struck", "victim", eventId: "struck"));

    /// <summary>A host that knows the victim by one order.</summary>
    private static async Task<HostProcess> StartAsync()
    {
        var host = new HostProcess();
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event("before", "victim")));
        await host.KillAsync();
        return host;
    }

    private static async Task StrikeAsync(HostProcess host, string point)
    {
        host.Settings["Events__StopDeadAt"] = point;
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => partner.PostJsonAsync("api/event", Batch));
        await host.WaitForExitAsync();
    }

    private static async Task RecoverAsync(HostProcess host)
    {
        host.Settings.Remove("Events__StopDeadAt");
        await host.RestartAsync();
        using var partner = await host.AsPartnerAsync();
        await AssertCountedOnceAsync(partner);
        Assert.Equal("DUPLICATE", (await partner.PostJsonAsync("api/event", Batch))[0].Text("status"));
        await AssertCountedOnceAsync(partner);
    }

    private static async Task AssertCountedOnceAsync(HttpClient partner)
    {
        await Eventually.TrueAsync(
            async () => (await partner.GetJsonAsync("api/account/victim")).GetProperty("counters").GetProperty("orders").GetInt32() == 2, "the order has counted");
        var account = await partner.GetJsonAsync("api/account/victim");
        Assert.Equal(2, account.GetProperty("previousOrders").GetArrayLength());
        Assert.Equal(27.98m, account.GetProperty("counters").GetProperty("total").GetDecimal());
        Assert.Equal(1, account.GetProperty("campaigns").GetArrayLength());
        Assert.Equal(1, account.GetProperty("coupons").GetArrayLength());
    }
}
