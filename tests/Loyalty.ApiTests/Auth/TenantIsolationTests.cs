using System.Text.Json;

namespace Loyalty.ApiTests.Auth;

/// <summary>Two tenants with identical ids everywhere: no call of one ever shows or changes the other.</summary>
public sealed class TenantIsolationTests(SharedHost host)
{
    private const string Campaign = "welcome";
    private const string Account = "member-1";

    [Fact]
    public async Task Nothing_ever_crosses_a_tenant()
    {
        using var administrator = await host.AsAdministratorAsync();
        var (one, two) = (await TenantAsync(administrator, Unique.Id("one")), await TenantAsync(administrator, Unique.Id("two")));
        await PlayAsync(one, "10.00");
        Assert.Equal(404, await StatusAsync(two.Partner, $"api/account/{Account}"));
        Assert.Equal(404, await StatusAsync(two.Partner, "api/account/card/card-1"));
        Assert.Equal(404, await StatusAsync(two.Partner, $"api/campaign/{Campaign}"));
        var before = await SeenAsync(one);

        await PlayAsync(two, "99.00");
        Assert.Equal(before, await SeenAsync(one));
        var (first, second) = (await one.Partner.GetJsonAsync($"api/account/{Account}"), await two.Partner.GetJsonAsync($"api/account/{Account}"));
        Assert.Equal((10m, 99m), (TotalOf(first), TotalOf(second)));

        var coupon = Campaigns.CouponOf(first);
        Assert.True((await VerifyAsync(one, coupon)).GetProperty("usable").GetBoolean());
        Assert.Equal("NOT_FOUND", (await VerifyAsync(two, coupon)).Text("reason"));

        foreach (var (mine, other) in new[] { (one, two), (two, one) })
        {
            Assert.Equal(403, await StatusAsync(mine.Partner, $"api/account/{Account}", other.Id));
            Assert.Equal(403, await StatusAsync(mine.Person, $"api/account/{Account}", other.Id));
            Assert.Equal(404, await StatusAsync(mine.Person, $"auth-api/api/user/{other.PersonId}"));
            Assert.Equal(404, await StatusAsync(mine.Person, $"auth-api/api/tenant/{other.Id}"));
            Assert.DoesNotContain(other.PersonId, await mine.Person.GetStringAsync(new Uri("auth-api/api/user", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    /// <summary>The same ids each time: account, card, order, event, campaign.</summary>
    private static async Task PlayAsync(Side side, string total)
    {
        await Campaigns.RunAsync(side.Partner, Campaign, Campaigns.CouponThenOrders(Campaign, "properties.fan", "yes"));
        var outcomes = await side.Partner.PostJsonAsync("api/event", Orders.Batch(
            $$"""{ "event": "PROPERTIES", "eventId": "event-1", "account": "{{Account}}", "properties": { "fan": "yes" } }""",
            $$"""{ "event": "CARD", "eventId": "event-2", "account": "{{Account}}", "card": "card-1" }""",
            Orders.Event("order-1", Account, total: total, eventId: "event-3")));
        Assert.All(outcomes.EnumerateArray(), outcome => Assert.True(outcome.Text("status") == "APPLIED", outcome.GetRawText()));
    }

    private static async Task<string> SeenAsync(Side side) =>
        (await side.Partner.GetJsonAsync($"api/account/{Account}")).GetRawText()
        + (await side.Partner.GetJsonAsync("api/account/card/card-1")).GetRawText()
        + (await side.Partner.GetJsonAsync($"api/campaign/{Campaign}")).GetRawText()
        + (await side.Partner.GetJsonAsync($"api/stats/campaign?name={Campaign}")).GetRawText()
        + (await side.Person.GetJsonAsync("auth-api/api/user")).GetRawText();

    private static Task<JsonElement> VerifyAsync(Side side, string coupon) =>
        side.Partner.GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account={Account}");

    private static decimal TotalOf(JsonElement account) => account.GetProperty("counters").GetProperty("total").GetDecimal();

    private static async Task<int> StatusAsync(HttpClient http, string path, string? tenant = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (tenant is not null)
            request.Headers.Add("x-tenant", tenant);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<Side> TenantAsync(HttpClient administrator, string id)
    {
        var tenant = await administrator.PostJsonAsync("auth-api/api/tenant", $$"""{ "id": "{{id}}", "name": "Same" }""", 201);
        var client = await administrator.PostJsonAsync("auth-api/api/client",
            $$"""{ "id": "partner-{{id}}", "grants": ["CLIENT_CREDENTIALS"], "tenants": ["{{id}}"], "roles": ["ROLE_LOYALTY"] }""", 201);
        var partner = await host.Tokens.ClientAsync(host.Tokens.OfPartnerAsync(client.Text("id"), client.Text("secret")));
        var person = await host.Tokens.ClientAsync(host.Tokens.OfPersonAsync(id, tenant.Text("administrator"), tenant.Text("administratorPassword")));
        return new Side(id, partner, person, (await person.GetJsonAsync("auth-api/api/me")).Text("id"));
    }

    private sealed record Side(string Id, HttpClient Partner, HttpClient Person, string PersonId);
}
