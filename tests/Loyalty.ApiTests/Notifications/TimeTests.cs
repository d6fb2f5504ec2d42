using System.Text.Json;

namespace Loyalty.ApiTests.Notifications;

/// <summary>What is due in weeks, with a clock that is moved and not waited for.</summary>
public sealed class TimeTests : IAsyncLifetime
{
    // Note: a host of its own for each test, because a clock that goes back is no test of time.
    private readonly NotifyingHost host = new();
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        await host.StartAsync();
        receiver = await Receiver.StartAsync();
        await host.PushToAsync(receiver.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_coupon_s_push_is_sent_on_its_day_once_through_restarts_and_an_overdue_one_is_recorded_as_missed()
    {
        var (soon, late) = (Unique.Id("soon"), Unique.Id("late"));
        using (var partner = await host.AsPartnerAsync())
        {
            await RunAsync(partner, soon, "P30D", "{{coupon.code}} ends on {{coupon.validTo}}");
            await RunAsync(partner, late, "P10D", "Too late by then");
            await Notified.PostAsync(partner, Notified.Member("ann", soon));
            await Notified.PostAsync(partner, Notified.Member("ann", late));
        }
        Assert.Equal([late, soon], (await ListAsync("schedule")).Where(item => item.Text("kind") == "campaigns.notices").Select(item => CampaignOf(item, late, soon)));

        await MoveClockAsync("P28DT23H");
        await Eventually.TrueAsync(async () => (await ListAsync("notices?status=MISSED")).Any(notice => notice.Text("campaign") == late), "the overdue one is missed");
        await MoveClockAsync("P29DT5M");
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Effects.Count > 0), "the push arrives");
        await MoveClockAsync("P29DT10M");
        await MoveClockAsync("P40D");
        await Task.Delay(2000, TestContext.Current.CancellationToken);

        // Note: a host that is killed before it has heard the answer sends the same again, under the same key.
        var push = Assert.Single(receiver.Effects).Json;
        Assert.Single(receiver.Calls.Select(call => call.Key).Distinct());
        var coupon = push.GetProperty("coupon");
        Assert.StartsWith($"{coupon.Text("coupon")} ends on 20", push.Text("message"), StringComparison.Ordinal);
        Assert.Contains("more than the tenant's limit", (await ListAsync("notices?status=MISSED")).Single(notice => notice.Text("campaign") == late).Text("why"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coupon_that_is_used_before_gets_no_push()
    {
        var campaign = Unique.Id("used");
        using (var partner = await host.AsPartnerAsync())
        {
            await RunAsync(partner, campaign, "P30D", "Use it");
            await Notified.PostAsync(partner, Notified.Member("eve", campaign));
            var code = Campaigns.CouponOf(await partner.GetJsonAsync("api/account/eve"));
            await Notified.PostAsync(partner, Orders.Event(Unique.Id("order"), "eve", code));
        }

        await MoveClockAsync("P29DT5M");

        await Eventually.TrueAsync(async () => (await ListAsync("notices?status=DROPPED")).Any(notice => notice.Text("campaign") == campaign), "it is dropped");
        Assert.Equal("The coupon is used, expired or void.", (await ListAsync("notices?status=DROPPED")).Single(notice => notice.Text("campaign") == campaign).Text("why"));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task When_the_tenant_changes_its_zone_the_hour_of_what_is_scheduled_moves()
    {
        var campaign = Unique.Id("zone");
        using var partner = await host.AsPartnerAsync();
        using var manager = await host.AsManagerAsync();
        await ZoneAsync(manager, "Europe/Warsaw");
        await RunAsync(partner, campaign, "P30D", "In the morning", ""","dayPart":"MORNING" """);
        await Notified.PostAsync(partner, Notified.Member("joe", campaign));
        Assert.Equal(9, await HourAsync(campaign, "Europe/Warsaw"));

        foreach (var zone in new[] { "America/New_York", "Asia/Tokyo", "UTC" })
        {
            await ZoneAsync(manager, zone);
            await Eventually.TrueAsync(async () => await HourAsync(campaign, zone) == 9, $"it is nine o'clock in {zone}");
        }
    }

    private static Task RunAsync(HttpClient http, string campaign, string validFor, string message, string more = "") => Campaigns.RunAsync(http, campaign, Notified.Campaign(
        campaign, $$"""{ "id": "gift", "type": "COUPON", "validFor": "{{validFor}}" }""",
        $$"""{ "type": "COUPON_EXPIRATION", "title": "Hurry", "message": "{{message}}", "before": "P1D" {{more}} }"""));

    private static async Task ZoneAsync(HttpClient manager, string zone) => await manager.PutJsonAsync(
        "auth-api/api/tenant/demo", $$"""{ "name": "Demo", "timeZone": "{{zone}}", "currency": "PLN", "selfRegistration": false, "guests": false }""");

    private async Task<int> HourAsync(string campaign, string zone)
    {
        var due = (await ListAsync("notices")).Single(notice => notice.Text("campaign") == campaign).GetProperty("dueAt").GetDateTimeOffset();
        return TimeZoneInfo.ConvertTime(due, TimeZoneInfo.FindSystemTimeZoneById(zone)).Hour;
    }

    private async Task MoveClockAsync(string ahead)
    {
        host.Settings["Clock__Ahead"] = ahead;
        await host.RestartAsync();
    }

    /// <summary>Note: tokens of before do not outlast a moved clock.</summary>
    private async Task<JsonElement[]> ListAsync(string what)
    {
        var tokens = new Tokens(host);
        using var manager = await tokens.ClientAsync(tokens.OfPersonAsync("demo", "manager", HostProcess.ManagerPassword));
        return [.. (await manager.GetJsonAsync($"api/operations/{what}")).EnumerateArray()];
    }

    private static string CampaignOf(JsonElement item, params string[] campaigns) =>
        campaigns.Single(campaign => item.Text("what").Contains(campaign, StringComparison.Ordinal));
}
