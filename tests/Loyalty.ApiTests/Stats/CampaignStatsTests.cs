using System.Text.Json;
using System.Text.RegularExpressions;

namespace Loyalty.ApiTests.Stats;

/// <summary>A campaign's figures, day by day and altogether.</summary>
public sealed class CampaignStatsTests(SharedHost host)
{
    [Fact]
    public async Task Four_members_walk_and_every_figure_says_so_also_after_one_of_them_is_erased()
    {
        var campaign = Unique.Id("stats");
        using var partner = await host.AsPartnerAsync();
        await Campaigns.RunAsync(partner, campaign, Campaigns.CouponThenOrders(campaign, $"properties.{campaign}", "yes"));
        var members = Enumerable.Range(0, 4).Select(number => $"{campaign}-{number}").ToArray();
        await PostAsync(partner, [.. members.Select(member => $$"""{ "event": "PROPERTIES", "account": "{{member}}", "properties": { "{{campaign}}": "yes" } }""")]);
        var coupons = new List<string>();
        foreach (var member in members)
            coupons.Add(Campaigns.CouponOf(await partner.GetJsonAsync($"api/account/{member}")));
        // Three use the coupon; one takes that back; two of the others order again, for 20 and for 7.50.
        await PostAsync(partner, [.. Enumerable.Range(0, 3).Select(number => Orders.Event($"{members[number]}-first", members[number], coupons[number]))]);
        await PostAsync(partner, [Orders.Event($"{members[2]}-first", members[2], status: "CANCELLED")]);
        await PostAsync(partner, [Orders.Event($"{members[0]}-more", members[0], total: "20"), Orders.Event($"{members[1]}-more", members[1], total: "7.50")]);

        var (period, global) = await StatsAsync(partner, campaign);
        Assert.Equal(30, period.GetProperty("days").GetArrayLength());
        var totals = period.GetProperty("totals");
        Assert.Equal((4, 4, 0), (Count("joins"), Count("members"), Count("exits")));
        Assert.Equal((4, 2, 0), (Count("couponsGiven"), Count("couponsUsed"), Count("couponsExpired")));
        Assert.Equal((2, 27.5m), (Count("orders"), totals.GetProperty("ordersTotal").GetDecimal()));
        Assert.Equal("""{"coffee":3,"more":2}""", totals.GetProperty("finished").GetRawText());
        Assert.Equal((0, 0, "{}"), (Count("messagesReceived"), Count("notificationsSent"), totals.GetProperty("clicks").GetRawText()));
        Assert.Equal("""{"coffee":0.75,"more":0.5}""", period.GetProperty("conversion").GetRawText());
        Assert.Equal(period.GetProperty("totals").GetRawText(), global.GetProperty("totals").GetRawText());
        Assert.Equal(period.GetProperty("totals").GetRawText(), period.GetProperty("days")[29].GetProperty("figures").GetRawText());
        Assert.All(period.GetProperty("days").EnumerateArray().SkipLast(1), day => Assert.Equal(0, day.GetProperty("figures").GetProperty("joins").GetInt32()));
        Assert.Equal(("PLN", "Europe/Warsaw"), (global.Text("currency"), global.Text("timeZone")));
        Assert.Equal((period.GetProperty("days")[29].Text("day"), global.Text("firstDay")), (global.Text("firstDay"), global.Text("lastDay")));

        await PostAsync(partner, [$$"""{ "event": "DELETED", "account": "{{members[0]}}" }"""]);
        var (periodAfter, globalAfter) = await StatsAsync(partner, campaign);
        Assert.Equal(1, periodAfter.GetProperty("totals").GetProperty("exits").GetInt32());
        Assert.Equal(WithoutExits(period), WithoutExits(periodAfter));
        Assert.Equal(WithoutExits(global), WithoutExits(globalAfter));

        int Count(string figure) => totals.GetProperty(figure).GetInt32();
        static string WithoutExits(JsonElement figures) => Regex.Replace(figures.GetRawText(), "\"exits\":\\d+,", "");
    }

    [Fact]
    public async Task Any_period_is_answered_with_all_its_days_and_one_that_cannot_be_is_refused()
    {
        using var partner = await host.AsPartnerAsync();
        var year = (await partner.GetJsonAsync("api/stats/campaign?name=welcome&from=2025-01-01&to=2025-12-31")).GetProperty("days");
        Assert.Equal((365, "2025-01-01", "2025-12-31"), (year.GetArrayLength(), year[0].Text("day"), year[364].Text("day")));
        Assert.Equal(1, (await partner.GetJsonAsync("api/stats/campaign?name=welcome&from=9999-12-31&to=9999-12-31")).GetProperty("days").GetArrayLength());
        Assert.Equal(3, (await partner.GetJsonAsync("api/stats/campaign?name=welcome&to=0001-01-03")).GetProperty("days").GetArrayLength());
        foreach (var path in new[] { "api/stats/campaign?name=welcome&", "api/stats/segments?" })
        {
            Assert.True((await partner.GetJsonAsync($"{path}from=2026-01-02&to=2026-01-01", 400)).GetProperty("errors").TryGetProperty("from", out _));
            await partner.GetJsonAsync($"{path}from=2020-01-01&to=2026-01-01", 400);
            await partner.GetJsonAsync($"{path}from=9999-01-01", 400);
            await partner.GetJsonAsync($"{path}from=2026-02-30", 400);
            await partner.GetJsonAsync($"{path}to=yesterday", 400);
        }
        await partner.GetJsonAsync("api/stats/campaign", 400);
        await partner.GetJsonAsync("api/stats/campaign/global", 400);
        await partner.GetJsonAsync("api/stats/campaign/global?name=a%20b", 400);
    }

    [Fact]
    public async Task An_unknown_campaign_is_not_found_and_whoever_may_not_see_figures_does_not()
    {
        using var partner = await host.AsPartnerAsync();
        using var alice = await host.AsMemberAsync();
        using var nobody = host.Anonymous();
        foreach (var path in new[] { "api/stats/campaign?name=", "api/stats/campaign/global?name=" })
        {
            Assert.Equal("campaign_not_found", (await partner.GetJsonAsync($"{path}no-such-campaign", 404)).Text("code"));
            await alice.GetJsonAsync($"{path}welcome", 403);
            await nobody.GetJsonAsync($"{path}welcome", 401);
        }
        await alice.GetJsonAsync("api/stats/segments", 403);
        await nobody.GetJsonAsync("api/stats/segments", 401);
        // Note: ROLE_LOYALTY sees the figures; only ROLE_SU has them counted anew.
        await partner.PostJsonAsync("api/operations/stats/welcome/rebuild", "", 403);
        using var manager = await host.AsManagerAsync();
        Assert.Equal("campaign_not_found", (await manager.PostJsonAsync("api/operations/stats/no-such-campaign/rebuild", "", 404)).Text("code"));
    }

    internal static async Task<(JsonElement Period, JsonElement Global)> StatsAsync(HttpClient http, string campaign) =>
        (await http.GetJsonAsync($"api/stats/campaign?name={campaign}"), await http.GetJsonAsync($"api/stats/campaign/global?name={campaign}"));

    internal static async Task PostAsync(HttpClient http, params string[] events)
    {
        foreach (var outcome in (await http.PostJsonAsync("api/event", Orders.Batch(events))).EnumerateArray())
            Assert.True(outcome.Text("status") == "APPLIED", outcome.GetRawText());
    }
}
