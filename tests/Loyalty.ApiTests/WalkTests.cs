using System.Text.Json;

namespace Loyalty.ApiTests;

/// <summary>The way of a real order through everything.</summary>
public sealed class WalkTests(SharedHost host)
{
    private const string Alice = "a11ce000-0000-4000-8000-000000000001";

    [Fact]
    public async Task Orders_walk_a_member_through_a_campaign_and_everybody_sees_it()
    {
        var (campaign, first, second, third) = (Unique.Id("walk"), Unique.Id("order"), Unique.Id("order"), Unique.Id("order"));
        using var partner = await host.AsPartnerAsync();
        using var alice = await host.AsMemberAsync();
        await Campaigns.RunAsync(partner, campaign, Campaigns.CouponThenOrders(campaign, $"properties.{campaign}", "yes"));

        var batch = Orders.Batch(
            $$"""{ "event": "PROPERTIES", "eventId": "p-{{first}}", "account": "{{Alice}}", "properties": { "{{campaign}}": "yes" } }""",
            Orders.Event(first, Alice, eventId: $"e-{first}"));
        AssertAll("APPLIED", await partner.PostJsonAsync("api/event", batch));

        var account = await partner.GetJsonAsync($"api/account/{Alice}");
        Assert.True(account.GetProperty("counters").GetProperty("orders").GetInt32() >= 1);
        Assert.Contains("2de9a0c3-4b21-407c-83d1-031ea0735eb3", Strings(account.GetProperty("venues")));
        Assert.Contains(first, account.GetProperty("previousOrders").EnumerateArray().Select(order => order.Text("id")));
        Assert.Equal("coffee", Campaigns.StateIn(account, campaign));

        var mine = await MineAsync(alice, campaign);
        var coupon = mine.GetProperty("coupon").Text("coupon");
        Assert.StartsWith("TEST", coupon, StringComparison.Ordinal);
        Assert.True((await partner.GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account={Alice}")).GetProperty("usable").GetBoolean());
        Assert.True((await alice.GetJsonAsync($"api/my/coupon/verify?coupon={coupon}")).GetProperty("usable").GetBoolean());

        AssertAll("APPLIED", await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(second, Alice, coupon))));
        var verdict = await partner.GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account={Alice}");
        Assert.Equal((false, "USED"), (verdict.GetProperty("usable").GetBoolean(), verdict.Text("reason")));
        Assert.Equal("more", Campaigns.StateIn(await alice.GetJsonAsync("api/my/account"), campaign));
        Assert.Equal("more", (await MineAsync(alice, campaign)).Text("state"));

        AssertAll("APPLIED", await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(third, Alice))));
        Assert.Equal("Thank you", (await MineAsync(alice, campaign)).GetProperty("message").Text("title"));
        await alice.PostJsonAsync($"api/my/campaign/{campaign}/message", "");
        Assert.Equal("FINISHED", (await MineAsync(alice, campaign)).Text("end"));

        var figures = await FiguresAsync(partner, campaign);
        Assert.Equal(
            (1, 1, 1, 1, 1),
            (figures("joins"), figures("exits"), figures("couponsGiven"), figures("couponsUsed"), figures("messagesReceived")));

        var before = (await partner.GetJsonAsync($"api/account/{Alice}")).GetRawText();
        AssertAll("DUPLICATE", await partner.PostJsonAsync("api/event", batch));
        Assert.Equal(before, (await partner.GetJsonAsync($"api/account/{Alice}")).GetRawText());
        Assert.Equal(1, (await FiguresAsync(partner, campaign))("joins"));
    }

    private static async Task<JsonElement> MineAsync(HttpClient member, string campaign) =>
        (await member.GetJsonAsync("api/my/campaigns")).EnumerateArray().Single(mine => mine.Text("id") == campaign);

    private static async Task<Func<string, int>> FiguresAsync(HttpClient partner, string campaign)
    {
        var days = (await partner.GetJsonAsync($"api/stats/campaign?name={campaign}")).GetProperty("days");
        return name => days.EnumerateArray().Sum(day => day.GetProperty("figures").GetProperty(name).GetInt32());
    }

    private static void AssertAll(string status, JsonElement outcomes) =>
        Assert.All(outcomes.EnumerateArray(), outcome => Assert.True(outcome.Text("status") == status, outcome.GetRawText()));

    private static IEnumerable<string?> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString());
}
