namespace Loyalty.ApiTests.Accounts;

/// <summary>An erased account leaves nothing personal behind, and its totals.</summary>
public sealed class ErasureTests(SharedHost host)
{
    [Fact]
    public async Task Erasure_removes_the_account_its_card_coupons_walks_and_relations_and_says_how_much()
    {
        var (id, friend, card, campaign) = (Unique.Id("gone"), Unique.Id("friend"), Unique.Id("card"), Unique.Id("erase"));
        using var partner = await host.AsPartnerAsync();
        await Campaigns.RunAsync(partner, campaign, Campaigns.CouponThenOrders(campaign, $"tags.{campaign}", "true"));
        await partner.PostJsonAsync("api/event", $$"""
            [
              { "event": "CARD", "account": "{{id}}", "card": "{{card}}" },
              { "event": "PROPERTIES", "account": "{{id}}", "addTags": ["{{campaign}}"] },
              { "event": "RELATION", "account": "{{id}}", "type": "INVITED", "id": "{{friend}}" },
              { "event": "RELATION", "account": "{{friend}}", "type": "UNKNOWN", "id": "{{id}}", "doNotProcessSymmetry": true },
              {{Orders.Event(id, id)}}
            ]
            """);
        var coupon = Campaigns.CouponOf(await partner.GetJsonAsync($"api/account/{id}"));

        var outcome = (await partner.PostJsonAsync("api/event", $$"""[{ "event": "DELETED", "account": "{{id}}" }]"""))[0];
        var erased = outcome.GetProperty("erased");
        // Note: the order has also brought the account into the demo's own campaign.
        Assert.Equal((1, 1, 2, 2, 1, 1), (
            erased.GetProperty("accounts").GetInt32(), erased.GetProperty("cards").GetInt32(), erased.GetProperty("coupons").GetInt32(),
            erased.GetProperty("memberships").GetInt32(), erased.GetProperty("orders").GetInt32(), erased.GetProperty("relations").GetInt32()));

        await partner.GetJsonAsync($"api/account/{id}", 404);
        await partner.GetJsonAsync($"api/account/card/{card}", 404);
        Assert.Equal("NOT_FOUND", (await partner.GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account={id}")).Text("reason"));
        await Eventually.TrueAsync(
            async () => (await partner.GetJsonAsync($"api/account/{friend}")).GetProperty("relations").GetArrayLength() == 0, "the friend has lost the id");
        Assert.Equal(1, (await partner.GetJsonAsync($"api/campaign/{campaign}")).GetProperty("cnt").GetInt32());
        var repeated = (await partner.PostJsonAsync("api/event", $$"""[{ "event": "DELETED", "account": "{{id}}" }]"""))[0];
        Assert.Equal("account_not_found", repeated.GetProperty("problem").Text("code"));
    }

    [Fact]
    public async Task A_later_event_for_the_id_begins_a_new_account()
    {
        var id = Unique.Id("again");
        using var partner = await host.AsPartnerAsync();
        await partner.PostJsonAsync("api/event", $"[{Orders.Event(id, id)}]");
        var before = await partner.GetJsonAsync($"api/account/{id}");
        await partner.PostJsonAsync("api/event", $$"""[{ "event": "DELETED", "account": "{{id}}" }, { "event": "LOGIN", "account": "{{id}}" }]""");
        var after = await partner.GetJsonAsync($"api/account/{id}");
        Assert.NotEqual(before.Text("mgm"), after.Text("mgm"));
        Assert.Equal(0, after.GetProperty("previousOrders").GetArrayLength());
        Assert.False(after.GetProperty("counters").TryGetProperty("orders", out _));
        var late = (await partner.PostJsonAsync("api/event", $"[{Orders.Event(id, id, status: "CANCELLED")}]"))[0];
        Assert.Equal("order_of_erased_account", late.GetProperty("problem").Text("code"));
    }
}
