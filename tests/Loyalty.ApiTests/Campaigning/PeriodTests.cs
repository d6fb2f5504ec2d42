namespace Loyalty.ApiTests.Campaigning;

/// <summary>
/// Durations, days and times as callers write them, of a tenant whose clock is fourteen hours ahead of UTC.
/// </summary>
public sealed class PeriodTests(SharedHost host) : IAsyncLifetime
{
    private const string Zone = "Pacific/Kiritimati";
    private static readonly TimeSpan Offset = TimeSpan.FromHours(14);

    private Brand brand = null!;

    public async ValueTask InitializeAsync() => brand = await Brand.MakeAsync(host, Zone);

    public ValueTask DisposeAsync()
    {
        brand.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("P2W"), InlineData("P1M"), InlineData("P1Y2M3W4DT5H6M7.8S"), InlineData("P100Y"), InlineData("PT0.5S")]
    public async Task Every_ISO_duration_is_understood_wherever_one_is_written(string duration)
    {
        await brand.Manager.PutJsonAsync("api/campaign/period", Campaigns.ForTag("period", "vip",
            $$"""
            { "id": "coffee", "type": "COUPON", "validFor": "{{duration}}", "transitionTo": "credit" },
            { "id": "credit", "type": "WALLET", "amount": 1, "validFor": "{{duration}}" }
            """,
            $$"""
            "notifications": [
              { "type": "COUPON_EXPIRATION", "title": "Soon", "message": "It ends", "before": "{{duration}}" }],
            """));
        await brand.Manager.PutJsonAsync($"auth-api/api/tenant/{brand.Tenant}/loyalty",
            $$"""
            { "segments": [{ "name": "A", "constraints": [
              { "field": "header.lastOrder", "op": "GT", "value": ["-{{duration}}"] }] }] }
            """);
        await brand.Manager.GetJsonAsync($"api/account/count?createdFrom=-{duration}&createdTo={duration}");
        await brand.Manager.GetJsonAsync($"api/account/count?lastOrderFrom=-{duration}&lastOrderTo=-{duration}");
    }

    [Theory]
    [InlineData("P"), InlineData("P0D"), InlineData("-P1D"), InlineData("P1.5M"), InlineData("2 weeks")]
    [InlineData("p2w"), InlineData("P101Y"), InlineData("P1DT"), InlineData("PT1D")]
    public async Task What_is_no_length_of_time_is_refused(string duration)
    {
        var coupon = $$"""{ "id": "coffee", "type": "COUPON", "validFor": "{{duration}}" }""";

        var problem = await brand.Manager.PutJsonAsync("api/campaign/period", Campaigns.ForTag("period", "vip", coupon), 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty("states[0].validFor", out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_month_of_validity_ends_at_the_same_time_of_the_next_month()
    {
        const string Coupon = """{ "id": "coffee", "type": "COUPON", "validFor": "P1M" }""";
        await Campaigns.RunAsync(brand.Manager, "month", Campaigns.ForTag("month", "vip", Coupon));
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await brand.TagAsync("vip", "member");

        var coupon = await brand.VerifyAsync(Campaigns.CouponOf(await brand.AccountAsync("member")), "member");

        var after = TimeProvider.System.GetUtcNow().AddMinutes(1);
        Assert.InRange(coupon.GetProperty("validTo").GetDateTimeOffset(), AMonthAfter(before), AMonthAfter(after));
    }

    [Fact]
    public async Task A_time_without_an_offset_is_the_tenants()
    {
        const string Season = """ "activeFrom": "2090-06-01T12:00:00", "activeTo": "2090-07-01", """;
        await brand.Manager.PutJsonAsync("api/campaign/later", Campaigns.ForTag("later", "vip", Campaigns.Hello, Season));
        await brand.PostAsync("""{ "event": "LOGIN", "account": "member", "ts": "2026-01-05T00:30" }""");

        var campaign = await brand.Manager.GetJsonAsync("api/campaign/later");
        Assert.Equal("2090-05-31T22:00:00Z", campaign.Text("activeFrom"));
        Assert.Equal("2090-06-30T10:00:00Z", campaign.Text("activeTo"));
        var member = await brand.AccountAsync("member");
        Assert.Equal("2026-01-04T10:30:00Z", member.GetProperty("header").Text("lastLogged"));
        Assert.Equal(1, await FoundAsync("activeFrom=2090-06-01T12:00"));
        Assert.Equal(1, await FoundAsync("activeFrom=2090-05-31T22:00:00Z"));
        Assert.Equal(0, await FoundAsync("activeFrom=2090-06-01T12:01"));
        Assert.Equal(1, await FoundAsync("activeTo=2090-07-01"));
        Assert.Equal(0, await FoundAsync("activeTo=2090-06-30"));
    }

    [Theory]
    [InlineData("api/account?createdFrom=02/28/2026"), InlineData("api/account?createdFrom=2026-02-28%2012:00")]
    [InlineData("api/account?lastOrderTo=P1W2Y")]
    [InlineData("api/campaign?activeFrom=28.02.2026"), InlineData("api/campaign?activeTo=2026-02-29")]
    [InlineData("api/campaign?activeFrom=2026-02-28t12:00:00z")]
    [InlineData("api/stats/segments?from=02/28/2026"), InlineData("api/stats/segments?to=28%20Feb%202026")]
    [InlineData("api/stats/segments?to=2026-2-8")]
    [InlineData("api/stats/campaign?name=any&from=2026-02-28T00:00:00Z")]
    [InlineData("api/stats/campaign?name=any&to=20260228")]
    public async Task What_is_no_ISO_date_is_refused_in_queries(string path) =>
        Assert.Equal("bad_parameter", (await brand.Manager.GetJsonAsync(path, 400)).Text("code"));

    [Theory]
    [InlineData("02/28/2026"), InlineData("Sat, 28 Feb 2026 12:00:00 GMT"), InlineData("2026-02-28 12:00:00")]
    [InlineData("2026-02-30T12:00:00Z"), InlineData("0001-01-01T00:00:00+01:00")]
    public async Task What_is_no_ISO_date_is_refused_in_bodies(string time)
    {
        var campaign = Campaigns.ForTag("never", "vip", Campaigns.Hello, $"\"activeTo\": \"{time}\",");
        await brand.Manager.PutJsonAsync("api/campaign/never", campaign, 400);
        var login = $$"""[{ "event": "LOGIN", "account": "member", "ts": "{{time}}" }]""";
        Assert.Equal("REJECTED", (await brand.Partner.PostJsonAsync("api/event", login))[0].Text("status"));
    }

    private async Task<int> FoundAsync(string filter) =>
        (await brand.Manager.GetJsonAsync($"api/campaign?{filter}")).GetArrayLength();

    /// <summary>Where the next month has no such day, the end of its last one.</summary>
    private static DateTimeOffset AMonthAfter(DateTimeOffset instant)
    {
        var clock = instant.ToOffset(Offset).DateTime;
        var next = new DateTime(clock.Year, clock.Month, 1).AddMonths(1);
        var shown = clock.Day <= DateTime.DaysInMonth(next.Year, next.Month) ? clock.AddMonths(1) : next.AddMonths(1);
        return new DateTimeOffset(shown, Offset);
    }
}
