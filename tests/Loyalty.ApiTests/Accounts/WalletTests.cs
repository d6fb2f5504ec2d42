using System.Net;
using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

/// <summary>Wallets through the API: spent by many tills at once, read by till and manager, and what they buy.</summary>
public sealed class WalletTests(SharedHost host)
{
    [Theory]
    [InlineData(8, 5, 5, 1)]
    [InlineData(64, 10, 3, 3)]
    public async Task However_many_tills_spend_one_balance_at_once_it_is_never_overdrawn(int tills, int balance, int each, int succeed)
    {
        using var partner = await host.AsPartnerAsync();
        var id = Unique.Id("race");
        await partner.PostJsonAsync("api/event", $$"""[{ "event": "WALLET", "account": "{{id}}", "amount": {{balance}} }]""");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, tills).Select(async _ =>
            (await partner.PostJsonAsync("api/event", $$"""[{ "event": "WALLET", "account": "{{id}}", "amount": -{{each}} }]"""))[0]));

        Assert.Equal(succeed, outcomes.Count(outcome => outcome.Text("status") == "APPLIED"));
        Assert.All(outcomes.Where(outcome => outcome.Text("status") == "REJECTED"), outcome =>
        {
            Assert.Equal("wallet_too_low", outcome.GetProperty("problem").Text("code"));
            Assert.True(outcome.GetProperty("problem").GetProperty("values").GetProperty("balance").GetDecimal() < each);
        });
        var wallet = await partner.GetJsonAsync($"api/account/{id}/wallet");
        Assert.Equal(balance - succeed * each, wallet.GetProperty("balance").GetDecimal());
        Assert.Equal(wallet.GetProperty("balance").GetDecimal(), wallet.GetProperty("movements").EnumerateArray().Sum(movement => movement.GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task A_wallet_shows_what_it_holds_what_ends_next_and_its_movements_page_by_page()
    {
        using var partner = await host.AsPartnerAsync();
        var id = Unique.Id("pages");
        await partner.PostJsonAsync("api/event", $$"""
            [
              { "event": "WALLET", "account": "{{id}}", "amount": 10, "wallet": "main" },
              { "event": "WALLET", "account": "{{id}}", "amount": 5, "validFor": "P1D", "eventId": "{{id}}-gift" },
              { "event": "WALLET", "account": "{{id}}", "amount": -2, "order": "{{id}}-order" }
            ]
            """);

        var first = await partner.GetJsonAsync($"api/account/{id}/wallet?limit=2");
        var second = await partner.GetJsonAsync($"api/account/{id}/wallet?limit=2&cursor={first.Text("cursor")}");

        Assert.Equal(13, first.GetProperty("balance").GetDecimal());
        Assert.Equal(3, first.GetProperty("endsNext").GetProperty("amount").GetDecimal());
        Assert.Equal([(5m, 3m), (10m, 10m)], first.GetProperty("lots").EnumerateArray().Select(lot => (lot.GetProperty("amount").GetDecimal(), lot.GetProperty("left").GetDecimal())));
        Assert.Equal($"{id}-gift", first.GetProperty("lots")[0].Text("event"));
        Assert.Equal([("DEBIT", -2m), ("CREDIT", 5m)], first.GetProperty("movements").EnumerateArray().Select(Movement));
        Assert.Equal($"{id}-order", first.GetProperty("movements")[0].Text("order"));
        Assert.Equal([("CREDIT", 10m)], second.GetProperty("movements").EnumerateArray().Select(Movement));
        Assert.False(second.TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task A_till_buys_a_coupon_once_for_one_key_and_learns_the_balance_where_it_is_too_low()
    {
        using var partner = await host.AsPartnerAsync();
        var (campaign, id, tag) = (Unique.Id("shop"), Unique.Id("buyer"), Unique.Id("tag"));
        await Campaigns.RunAsync(partner, campaign, Campaigns.ForTag(campaign, tag, """{ "id": "coffee", "type": "COUPON", "price": 100, "validFor": "P30D" }"""));
        await partner.PostJsonAsync("api/event", $$"""
            [
              { "event": "WALLET", "account": "{{id}}", "amount": 99.5 },
              { "event": "PROPERTIES", "account": "{{id}}", "addTags": ["{{tag}}"] }
            ]
            """);

        using var tooLittle = await BuyAsync("one");
        Assert.Equal(HttpStatusCode.Conflict, tooLittle.StatusCode);
        Assert.Equal(99.5m, (await ReadAsync(tooLittle)).GetProperty("values").GetProperty("balance").GetDecimal());

        await partner.PostJsonAsync("api/event", $$"""[{ "event": "WALLET", "account": "{{id}}", "amount": 1 }]""");
        using var bought = await BuyAsync("two");
        using var again = await BuyAsync("two");
        var coupon = await ReadAsync(bought);

        Assert.Equal(HttpStatusCode.OK, bought.StatusCode);
        Assert.Equal(coupon.Text("coupon"), (await ReadAsync(again)).Text("coupon"));
        Assert.Equal(0.5m, (await partner.GetJsonAsync($"api/account/{id}/wallet")).GetProperty("balance").GetDecimal());
        Assert.True((await partner.GetJsonAsync($"api/account/coupon/verify?coupon={coupon.Text("coupon")}&account={id}")).GetProperty("usable").GetBoolean());

        async Task<HttpResponseMessage> BuyAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/account/{id}/campaign/{campaign}/buy");
            request.Headers.Add("Idempotency-Key", $"{id}-{key}");
            return await partner.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    private static (string?, decimal) Movement(JsonElement movement) => (movement.Text("kind"), movement.GetProperty("amount").GetDecimal());

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
