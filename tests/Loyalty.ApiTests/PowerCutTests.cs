namespace Loyalty.ApiTests;

/// <summary>The host is killed at the worst moments, for real, and started again.</summary>
public sealed class PowerCutTests
{
    [Theory, InlineData("after-append"), InlineData("after-record"), InlineData("while-applying")]
    public async Task An_order_is_applied_once_whenever_the_host_dies(string point)
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event("before", "victim")));
        await host.KillAsync();

        host.Settings["Events__StopDeadAt"] = point;
        await host.StartAsync();
        var batch = Orders.Batch(Orders.Event("struck", "victim", eventId: "struck"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => partner.PostJsonAsync("api/event", batch));
        await host.WaitForExitAsync();

        host.Settings.Remove("Events__StopDeadAt");
        await host.RestartAsync();
        await AssertCountedOnceAsync(partner);
        var outcome = (await partner.PostJsonAsync("api/event", batch))[0];
        Assert.Equal("DUPLICATE", outcome.Text("status"));
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
