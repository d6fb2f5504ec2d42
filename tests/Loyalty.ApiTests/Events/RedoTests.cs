namespace Loyalty.ApiTests.Events;

/// <summary>What a start has to redo, it may die over as well.</summary>
public sealed class RedoTests
{
    [Fact]
    public async Task Applies_an_order_once_when_the_host_dies_again_over_the_redo()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        using (var before = await host.AsPartnerAsync())
            await Eventually.TrueAsync(async () => (await before.GetJsonAsync("api/campaign/welcome")).Text("status") == "RUNNING", "the demo is at rest");
        await host.KillAsync();
        var batch = Orders.Batch(Orders.Event("struck", "victim", eventId: "struck"));

        host.Settings["Events__CrashAt"] = "after-record";
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => partner.PostJsonAsync("api/event", batch));
        await host.WaitForExitAsync();

        host.Settings["Events__CrashAt"] = "while-redoing";
        await host.StartAsync(waitUntilReady: false);
        await host.WaitForExitAsync();

        host.Settings.Remove("Events__CrashAt");
        await host.RestartAsync();
        Assert.Equal("DUPLICATE", (await partner.PostJsonAsync("api/event", batch))[0].Text("status"));
        var account = await partner.GetJsonAsync("api/account/victim");
        Assert.Equal(1, account.GetProperty("previousOrders").GetArrayLength());
        Assert.Equal(13.99m, account.GetProperty("counters").GetProperty("total").GetDecimal());
        Assert.Equal("coffee", Campaigns.StateIn(account, "welcome"));
        Assert.Equal(1, account.GetProperty("coupons").GetArrayLength());
    }
}
