using Microsoft.AspNetCore.Http;

namespace Loyalty.ApiTests.Notifications;

/// <summary>Credits on their way to a real outside wallet that fails and does not answer.</summary>
public sealed class OutsideWalletTests(NotifyingHost host) : IClassFixture<NotifyingHost>
{
    [Fact]
    public async Task A_credit_is_handed_over_until_the_wallet_has_booked_it_and_is_booked_once()
    {
        await using var wallet = await Receiver.StartAsync();
        wallet.Answer = async (call, context) => wallet.Calls.Count(other => other.Key == call.Key) switch
        {
            1 => 503,
            2 => await BookAndHangAsync(context),
            _ => 200,
        };
        using var manager = await host.AsManagerAsync();
        using var partner = await host.AsPartnerAsync();
        await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", $$"""{ "walletUrl": "{{wallet.Url}}/", "walletSecret": "{{NotifyingHost.Secret}}" }""");
        var (campaign, member) = (Unique.Id("credit"), Unique.Id("ann"));
        await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, """{ "id": "credit", "type": "WALLET", "amount": 5.25, "validFor": "P90D" }""", ""));
        var before = TimeProvider.System.GetUtcNow();

        await Notified.PostAsync(partner, Notified.Joining(member, campaign));
        await Notified.PostAsync(partner, Notified.Joining(member, campaign));

        await Eventually.TrueAsync(async () => (await manager.GetJsonAsync("api/operations/outbox?status=DELIVERED")).EnumerateArray().Any(item => item.Text("campaign") == campaign), "it is handed over");
        Assert.Equal(3, wallet.Calls.Count);
        var booked = Assert.Single(wallet.Effects);
        Assert.Equal($"/hook/wallet/{member}/batch", booked.Path);
        Assert.Equal(5.25m, booked.Json.GetProperty("amount").GetDecimal());
        Assert.InRange(booked.Json.GetProperty("expires").GetDateTimeOffset() - before, TimeSpan.FromDays(90), TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1));
        Assert.Equal(5.25m, (await partner.GetJsonAsync($"api/account/{member}")).GetProperty("counters").GetProperty("wallet").GetDecimal());
    }

    [Fact]
    public async Task Without_an_outside_wallet_nothing_goes_out()
    {
        using var manager = await host.AsManagerAsync();
        using var partner = await host.AsPartnerAsync();
        await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", """{ "walletUrl": null, "walletSecret": null }""");
        var (campaign, member) = (Unique.Id("inside"), Unique.Id("ann"));
        await Campaigns.RunAsync(partner, campaign, Notified.Campaign(campaign, """{ "id": "credit", "type": "WALLET", "amount": 3 }""", ""));

        await Notified.PostAsync(partner, Notified.Joining(member, campaign));

        Assert.Equal(3, (await partner.GetJsonAsync($"api/account/{member}")).GetProperty("counters").GetProperty("wallet").GetDecimal());
        Assert.DoesNotContain((await manager.GetJsonAsync("api/operations/outbox")).EnumerateArray(), item => item.Text("campaign") == campaign);
    }

    /// <summary>The wallet has booked it, but its answer is lost.</summary>
    private static async Task<int> BookAndHangAsync(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return 200;
    }
}
