using System.Globalization;
using System.Text.Json;

namespace Loyalty.ApiTests.Campaigning;

/// <summary>One coupon and many who want it.</summary>
public sealed class CouponTests(SharedHost host)
{
    /// <summary>Note: 50 in CI; build/soak.sh asks for 10,000.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("LOYALTY_SOAK_LOCKS") ?? "50", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Of_64_callers_at_once_one_gets_the_lock_every_round()
    {
        using var brand = await Brand.MakeAsync(host);
        var coupon = await GiveAsync(brand, "racer", Campaigns.Coffee);
        HttpClient[] tills = [await brand.PartnerAsync("ROLE_LOYALTY_EVENT"), await brand.PartnerAsync("ROLE_LOYALTY_EVENT"), brand.Partner, brand.Manager];
        for (var round = 0; round < Rounds; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(() =>
                caller % 2 == 0
                    ? tills[caller % tills.Length].PostJsonAsync($"api/account/coupon/verify?coupon={coupon}&account=racer&lock=true", "")
                    : tills[caller % tills.Length].GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account=racer&lock=true"))));

            Assert.Single(answers, answer => answer.GetProperty("usable").GetBoolean());
            Assert.All(answers.Where(answer => !answer.GetProperty("usable").GetBoolean()), answer => Assert.Equal("LOCKED", answer.Text("reason")));
            var freed = await brand.Partner.PostJsonAsync($"api/account/coupon/unlock?coupon={coupon}&account=racer", "");
            Assert.True(freed.GetProperty("usable").GetBoolean());
        }
    }

    [Fact]
    public async Task A_till_unlocks_what_it_has_locked_itself()
    {
        using var brand = await Brand.MakeAsync(host);
        var coupon = await GiveAsync(brand, "member", Campaigns.Coffee);
        var (one, other) = (await brand.PartnerAsync("ROLE_LOYALTY_EVENT"), await brand.PartnerAsync("ROLE_LOYALTY_EVENT"));
        var locked = await brand.VerifyAsync(coupon, "member", take: true, one);
        Assert.True(locked.GetProperty("usable").GetBoolean() && locked.GetProperty("locked").GetBoolean());
        Assert.True(locked.GetProperty("lockedUntil").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);

        Assert.Equal("LOCKED", (await brand.VerifyAsync(coupon, "member", take: true, one)).Text("reason"));
        Assert.Equal("locked_by_another", (await other.PostJsonAsync($"api/account/coupon/unlock?coupon={coupon}&account=member", "", 409)).Text("code"));
        Assert.Equal("NOT_FOUND", (await one.PostJsonAsync($"api/account/coupon/unlock?coupon={coupon}&account=another", "")).Text("reason"));
        Assert.True((await one.PostJsonAsync($"api/account/coupon/unlock?coupon={coupon}&account=member", "")).GetProperty("usable").GetBoolean());
        Assert.True((await brand.VerifyAsync(coupon, "member", take: true, other)).GetProperty("usable").GetBoolean());
        Assert.True((await brand.Partner.PostJsonAsync($"api/account/coupon/unlock?coupon={coupon}&account=member", "")).GetProperty("usable").GetBoolean());
    }

    [Fact]
    public async Task An_order_takes_a_lock_over_and_a_cancelled_one_frees_the_coupon()
    {
        using var brand = await Brand.MakeAsync(host);
        var coupon = await GiveAsync(brand, "member", Campaigns.Coffee);
        await brand.VerifyAsync(coupon, "member", take: true);

        await brand.PostAsync(Orders.Event("open", "member", coupon, "NEW"));
        Assert.Equal("HELD", (await brand.VerifyAsync(coupon, "member")).Text("reason"));
        await brand.PostAsync(Orders.Event("open", "member", coupon, "CANCELLED"));
        var free = await brand.VerifyAsync(coupon, "member");
        Assert.Equal((true, false), (free.GetProperty("usable").GetBoolean(), free.GetProperty("locked").GetBoolean()));
        await brand.PostAsync(Orders.Event("paid", "member", coupon));
        Assert.Equal("USED", (await brand.VerifyAsync(coupon, "member")).Text("reason"));
        await brand.PostAsync(Orders.Event("paid", "member", coupon, "CANCELLED"));
        Assert.True((await brand.VerifyAsync(coupon, "member")).GetProperty("usable").GetBoolean());
        await brand.PostAsync(Orders.Event("again", "member", coupon));
        Assert.Equal("USED", (await brand.VerifyAsync(coupon, "member")).Text("reason"));
    }

    [Fact]
    public async Task Of_two_orders_at_once_one_uses_the_coupon_and_the_other_learns_it()
    {
        using var brand = await Brand.MakeAsync(host);
        for (var round = 0; round < 10; round++)
        {
            var coupon = await GiveAsync(brand, $"member-{round}", Campaigns.Coffee, $"race-{round}");
            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(order => Task.Run(() =>
                brand.Partner.PostJsonAsync("api/event", $"[{Orders.Event($"order-{round}-{order}", $"member-{round}", coupon)}]"))));

            Assert.All(answers, answer => Assert.Equal("APPLIED", answer[0].Text("status")));
            var lost = answers.Single(answer => answer[0].TryGetProperty("unusableCoupons", out _))[0].GetProperty("unusableCoupons")[0];
            Assert.Equal((coupon, "USED"), (lost.Text("coupon"), lost.Text("reason")));
            Assert.Equal(2, (await brand.AccountAsync($"member-{round}")).GetProperty("counters").GetProperty("orders").GetInt32());
        }
    }

    [Fact]
    public async Task The_deprecated_call_moves_on_and_leaves_the_coupon_usable()
    {
        using var brand = await Brand.MakeAsync(host);
        var (account, member) = await brand.MemberAsync("someone");
        await brand.TagAsync("vip", account);
        await Campaigns.RunAsync(brand.Manager, "old-app", Campaigns.ForTag("old-app", "vip", $"{Campaigns.Coffee[..^1]}, \"transitionTo\": \"hello\" }}, {Campaigns.Hello}"));
        var coupon = Campaigns.CouponOf(await brand.AccountAsync(account));

        Assert.Equal("no_message_waiting", (await member.PostJsonAsync("api/my/campaign/old-app/message", "", 409)).Text("code"));
        await member.PostJsonAsync("api/my/campaign/old-app/coupon", "");
        await member.PostJsonAsync("api/my/campaign/old-app/coupon", "");
        Assert.Equal("hello", Campaigns.StateIn(await brand.AccountAsync(account), "old-app"));
        Assert.True((await brand.VerifyAsync(coupon, account)).GetProperty("usable").GetBoolean());
        await member.PostJsonAsync("api/my/campaign/old-app/message", "");
        Assert.Equal("no_coupon_waiting", (await member.PostJsonAsync("api/my/campaign/old-app/coupon", "", 409)).Text("code"));
        Assert.Equal("not_in_campaign", (await member.PostJsonAsync("api/my/campaign/unknown/coupon", "", 404)).Text("code"));
    }

    private static async Task<string> GiveAsync(Brand brand, string account, string state, string campaign = "gives")
    {
        await brand.TagAsync(campaign, account);
        await Campaigns.RunAsync(brand.Manager, campaign, Campaigns.ForTag(campaign, campaign, state));
        return Campaigns.CouponOf(await brand.AccountAsync(account));
    }
}
