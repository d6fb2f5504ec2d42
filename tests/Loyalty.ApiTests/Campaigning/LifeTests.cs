using System.Text.Json;

namespace Loyalty.ApiTests.Campaigning;

/// <summary>A campaign from its preview to its end, and what is left of it.</summary>
public sealed class LifeTests(SharedHost host)
{
    [Fact]
    public async Task Preview_finds_whom_initialize_enrols()
    {
        using var brand = await Brand.MakeAsync(host);
        string[] members = [.. Enumerable.Range(0, 25).Select(number => $"member-{number:00}")];
        await brand.TagAsync("vip", members);
        await brand.TagAsync("other", "not-me");
        await brand.Manager.PostJsonAsync("api/campaign", Campaigns.ForTag("preview", "vip", Campaigns.Hello));

        var preview = await brand.Manager.GetJsonAsync("api/campaign/preview/preview");

        Assert.Equal((25, 20, "DRAFT"), (preview.GetProperty("cnt").GetInt32(), preview.GetProperty("samples").GetArrayLength(), preview.Text("status")));
        Assert.Equal(members.Take(20), preview.GetProperty("samples").EnumerateArray().Select(sample => sample.GetString()));
        await brand.PostAsync("""{ "event": "DELETED", "account": "member-03" }""");
        var read = await brand.Manager.GetJsonAsync("api/campaign/preview");
        Assert.DoesNotContain("member-03", read.GetRawText(), StringComparison.Ordinal);
        await brand.Manager.PostJsonAsync("api/campaign/preview/initialize", "");
        await brand.ReachesAsync("preview", "RUNNING");
        read = await brand.Manager.GetJsonAsync("api/campaign/preview");
        Assert.Equal(24, read.GetProperty("cnt").GetInt32());
        Assert.False(read.TryGetProperty("samples", out _));
        Assert.All(members.Where(member => member != "member-03"), member => Assert.Equal("hello", Campaigns.StateIn(brand.AccountAsync(member).Result, "preview")));
    }

    [Fact]
    public async Task Finalizing_ends_walks_and_makes_unused_coupons_void()
    {
        using var brand = await Brand.MakeAsync(host);
        var (account, member) = await brand.MemberAsync("someone");
        await brand.TagAsync("vip", account, "user-1");
        await Campaigns.RunAsync(brand.Manager, "ends", Campaigns.ForTag("ends", "vip", Campaigns.Coffee));
        var (unused, used) = (Campaigns.CouponOf(await brand.AccountAsync(account)), Campaigns.CouponOf(await brand.AccountAsync("user-1")));
        await brand.PostAsync(Orders.Event("uses-it", "user-1", used));

        Assert.Equal("FINALIZED", (await brand.Manager.PostJsonAsync("api/campaign/ends/finalize", "")).Text("status"));

        Assert.Equal("VOID", (await brand.VerifyAsync(unused, account)).Text("reason"));
        Assert.Equal("USED", (await brand.VerifyAsync(used, "user-1")).Text("reason"));
        await Eventually.TrueAsync(async () => Campaigns.StateIn(await brand.AccountAsync(account), "ends") is null, "the walk has ended");
        Assert.Equal(0, (await brand.AccountAsync(account)).GetProperty("coupons").GetArrayLength());
        Assert.Equal("FINALIZED", (await member.GetJsonAsync("api/my/campaigns"))[0].Text("end"));
        var order = (await brand.Partner.PostJsonAsync("api/event", $"[{Orders.Event("too-late", account, unused)}]"))[0];
        Assert.Equal(("APPLIED", "VOID"), (order.Text("status"), order.GetProperty("unusableCoupons")[0].Text("reason")));
        await brand.PostAsync(Orders.Event("uses-it", "user-1", used, "CANCELLED"));
        Assert.Equal("VOID", (await brand.VerifyAsync(used, "user-1")).Text("reason"));
        await brand.TagAsync("vip", "newcomer");
        Assert.Null(Campaigns.StateIn(await brand.AccountAsync("newcomer"), "ends"));
        Assert.Equal("FINALIZED", (await brand.Manager.PostJsonAsync("api/campaign/ends/finalize", "")).Text("status"));
    }

    [Fact]
    public async Task Deleting_says_how_much_goes_and_nothing_is_left()
    {
        using var brand = await Brand.MakeAsync(host);
        string[] members = [.. Enumerable.Range(0, 30).Select(number => $"member-{number:00}")];
        await brand.TagAsync("vip", members);
        await Campaigns.RunAsync(brand.Manager, "gone", Campaigns.ForTag("gone", "vip", Campaigns.Coffee));
        var coupon = Campaigns.CouponOf(await brand.AccountAsync("member-00"));
        await brand.PostAsync(Orders.Event("uses-it", "member-01", Campaigns.CouponOf(await brand.AccountAsync("member-01"))));

        var answer = await DeleteAsync(brand, 200);

        Assert.Equal((1, 30, 30), (Number(answer, "campaigns"), Number(answer, "memberships"), Number(answer, "coupons")));
        await brand.Manager.GetJsonAsync("api/campaign/gone", 404);
        await DeleteAsync(brand, 404);
        await Eventually.TrueAsync(async () => (await brand.VerifyAsync(coupon, "member-00")).Text("reason") == "NOT_FOUND", "the coupons are gone");
        await Eventually.TrueAsync(async () => Campaigns.StateIn(await brand.AccountAsync("member-29"), "gone") is null, "the walks are gone");

        await Eventually.TrueAsync(async () => (await brand.Manager.SendJsonAsync(HttpMethod.Post, "api/campaign", Campaigns.ForTag("gone", "vip", Campaigns.Hello))).IsSuccessStatusCode,
            "the id is free again");
        await brand.Manager.PostJsonAsync("api/campaign/gone/initialize", "");
        await brand.ReachesAsync("gone", "RUNNING");
        Assert.Equal("hello", Campaigns.StateIn(await brand.AccountAsync("member-00"), "gone"));
        Assert.Equal(30, Number(await brand.Manager.GetJsonAsync("api/campaign/gone"), "cnt"));
    }

    [Fact]
    public async Task A_till_may_not_touch_campaigns()
    {
        using var brand = await Brand.MakeAsync(host);
        var till = await brand.PartnerAsync("ROLE_LOYALTY_EVENT");
        await till.PostJsonAsync("api/campaign", Campaigns.ForTag("tills", "x", Campaigns.Hello), 403);
        await till.GetJsonAsync("api/campaign/tills/preview", 403);
        await till.PostJsonAsync("api/campaign/tills/initialize", "", 403);
        await till.PostJsonAsync("api/campaign/tills/finalize", "", 403);
        await till.PostJsonAsync("api/campaign/tills/push", "\"p1\"", 403);
    }

    private static async Task<JsonElement> DeleteAsync(Brand brand, int status)
    {
        using var answer = await brand.Manager.DeleteAsync(new Uri("api/campaign/gone", UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.JsonAsync(status);
    }

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
