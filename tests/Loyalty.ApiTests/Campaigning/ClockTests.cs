using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Loyalty.ApiTests.Campaigning;

/// <summary>What time brings about, also what it should have brought about while the host was down. The clock is moved between starts.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly HostProcess host = new();
    private readonly TimeSpan june;
    private readonly DateTimeOffset now;
    private DateTimeOffset clock;
    private Brand brand = null!;

    /// <summary>Note: it begins at noon on some 10 June, so that no day, month or year ends just then.</summary>
    public ClockTests()
    {
        var real = TimeProvider.System.GetUtcNow();
        clock = now = new DateTimeOffset(real.Year + 1, 6, 10, 12, 0, 0, TimeSpan.Zero);
        june = now - real;
    }

    public async ValueTask InitializeAsync()
    {
        host.Settings["Clock__Ahead"] = XmlConvert.ToString(june);
        await host.StartAsync();
        brand = await Brand.MakeAsync(host);
    }

    public async ValueTask DisposeAsync()
    {
        brand.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_campaign_begins_and_ends_in_its_time_also_when_the_host_was_down_then()
    {
        await brand.TagAsync("vip", "early");
        await SaveAndInitializeAsync(Campaigns.ForTag("season", "vip", Campaigns.Coffee, $"\"activeFrom\": \"{Day(10)}\", \"activeTo\": \"{Day(20)}\","));
        await SaveAndInitializeAsync(Campaigns.ForTag("short", "vip", Campaigns.Hello, $"\"activeFrom\": \"{Day(5)}\", \"activeTo\": \"{Day(6)}\","));
        Assert.Equal("SCHEDULED", await brand.StatusAsync("season"));
        Assert.Null(Campaigns.StateIn(await brand.AccountAsync("early"), "season"));
        Assert.Equal(["Campaign short starts.", "Campaign season starts."], await ScheduledAsync());

        await MoveToAsync("P12D");
        await brand.ReachesAsync("season", "RUNNING");
        await brand.ReachesAsync("short", "FINALIZED");
        Assert.Equal("coffee", Campaigns.StateIn(await brand.AccountAsync("early"), "season"));
        Assert.Equal(0, (await brand.Manager.GetJsonAsync("api/campaign/short")).GetProperty("cnt").GetInt32());
        var coupon = Campaigns.CouponOf(await brand.AccountAsync("early"));
        await brand.TagAsync("vip", "later");
        Assert.Equal("coffee", Campaigns.StateIn(await brand.AccountAsync("later"), "season"));

        await MoveToAsync("P21D");
        await brand.ReachesAsync("season", "FINALIZED");
        Assert.Equal("VOID", (await brand.VerifyAsync(coupon, "early")).Text("reason"));
        Assert.Equal(2, (await brand.Manager.GetJsonAsync("api/campaign/season")).GetProperty("cnt").GetInt32());
        Assert.Empty(await ScheduledAsync());
    }

    [Fact]
    public async Task A_coupon_expires_by_the_clock_and_its_walk_goes_on()
    {
        await brand.TagAsync("vip", "forgets", "uses");
        await Campaigns.RunAsync(brand.Manager, "coupons", Campaigns.ForTag("coupons", "vip",
            """{ "id": "coffee", "type": "COUPON", "validFor": "P3D", "expireTo": "reminder", "transitionTo": "thanks" }, """
            + """{ "id": "reminder", "type": "COUPON", "validFor": "P3D" }, { "id": "thanks", "type": "MESSAGE", "title": "Thank you", "message": "Bye" }"""));
        var (forgotten, used) = (Campaigns.CouponOf(await brand.AccountAsync("forgets")), Campaigns.CouponOf(await brand.AccountAsync("uses")));
        await brand.PostAsync(Orders.Event("uses", "uses", used));

        await MoveToAsync("P4D");
        await Eventually.TrueAsync(async () => Campaigns.StateIn(await brand.AccountAsync("forgets"), "coupons") == "reminder", "the walk goes on");
        Assert.Equal("EXPIRED", (await brand.VerifyAsync(forgotten, "forgets")).Text("reason"));
        Assert.Equal("USED", (await brand.VerifyAsync(used, "uses")).Text("reason"));
        Assert.Equal("thanks", Campaigns.StateIn(await brand.AccountAsync("uses"), "coupons"));
        var late = (await brand.Partner.PostJsonAsync("api/event", $"[{Orders.Event("late", "forgets", forgotten)}]"))[0];
        Assert.Equal("EXPIRED", late.GetProperty("unusableCoupons")[0].Text("reason"));
        await brand.PostAsync(Orders.Event("uses", "uses", used, "CANCELLED"));
        await Eventually.TrueAsync(async () => (await brand.AccountAsync("uses")).GetProperty("coupons").GetArrayLength() == 0, "what is freed too late expires");

        await MoveToAsync("P8D");
        await Eventually.TrueAsync(async () => Campaigns.StateIn(await brand.AccountAsync("forgets"), "coupons") is null, "the walk has ended");
    }

    [Fact]
    public async Task A_birthday_is_kept_once_a_year_and_made_up_for_after_a_stop()
    {
        await brand.TagAsync("vip", "today", "in-two-days", "in-ten-days");
        await brand.TagAsync("other", "not-vip");
        await brand.PostAsync([.. new[] { ("today", 0), ("in-two-days", 2), ("in-ten-days", 10), ("not-vip", 0) }.Select(born =>
            $$"""{ "event": "PROFILE", "account": "{{born.Item1}}", "birthdate": "1992-{{now.AddDays(born.Item2).ToString("MM-dd", CultureInfo.InvariantCulture)}}" }""")]);
        await Campaigns.RunAsync(brand.Manager, "birthday", Campaigns.ForTag("birthday", "vip", """{ "id": "cake", "type": "COUPON", "validFor": "P7D" }""", type: "BIRTHDAY"));
        Assert.Equal(3, (await PreviewAsync()).GetProperty("cnt").GetInt32());
        await JoinedAsync(1);
        Assert.Equal("cake", Campaigns.StateIn(await brand.AccountAsync("today"), "birthday"));

        await MoveToAsync("P5D");
        await JoinedAsync(2);
        Assert.Equal("cake", Campaigns.StateIn(await brand.AccountAsync("in-two-days"), "birthday"));
        await brand.PostAsync($$"""{ "event": "PROFILE", "account": "today", "birthdate": "1992-{{now.AddDays(10).ToString("MM-dd", CultureInfo.InvariantCulture)}}" }""");

        await MoveToAsync("P12D");
        await JoinedAsync(3);
        Assert.Equal("cake", Campaigns.StateIn(await brand.AccountAsync("in-ten-days"), "birthday"));

        await MoveToAsync("P372D");
        await JoinedAsync(4);
        Assert.Equal("cake", Campaigns.StateIn(await brand.AccountAsync("in-two-days"), "birthday"));
    }

    private async Task<string[]> ScheduledAsync() =>
    [
        .. (await brand.Manager.GetJsonAsync("api/operations/schedule")).EnumerateArray()
            .Where(item => item.Text("kind").StartsWith("campaigns", StringComparison.Ordinal)).Select(item => item.Text("what")),
    ];

    private async Task<JsonElement> PreviewAsync()
    {
        await brand.Manager.PostJsonAsync("api/campaign", Campaigns.ForTag("another", "vip", Campaigns.Hello, type: "BIRTHDAY"));
        return await brand.Manager.GetJsonAsync("api/campaign/another/preview");
    }

    /// <summary>Note: and not one more, after everything that was due has happened.</summary>
    private async Task JoinedAsync(int count)
    {
        await Eventually.TrueAsync(async () => (await brand.Manager.GetJsonAsync("api/campaign/birthday")).GetProperty("cnt").GetInt32() >= count, $"{count} have joined");
        await Eventually.TrueAsync(async () => (await brand.Manager.GetJsonAsync("api/operations/schedule")).EnumerateArray()
            .All(item => item.GetProperty("at").GetDateTimeOffset() > clock), "nothing is due any more");
        Assert.Equal(count, (await brand.Manager.GetJsonAsync("api/campaign/birthday")).GetProperty("cnt").GetInt32());
    }

    private async Task MoveToAsync(string ahead)
    {
        host.Settings["Clock__Ahead"] = XmlConvert.ToString(june + XmlConvert.ToTimeSpan(ahead));
        clock = now + XmlConvert.ToTimeSpan(ahead);
        await host.RestartAsync();
        await brand.SignInAgainAsync();
    }

    private async Task SaveAndInitializeAsync(string campaign)
    {
        var id = (await brand.Manager.PostJsonAsync("api/campaign", campaign)).Text("id");
        await brand.Manager.PostJsonAsync($"api/campaign/{id}/initialize", "");
    }

    private string Day(int ahead) => now.AddDays(ahead).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
