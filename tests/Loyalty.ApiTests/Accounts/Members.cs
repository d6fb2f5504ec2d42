using System.Net.Http.Headers;
using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

/// <summary>A tenant of its own with 25 members, m00 to m24, who differ in a way that tests know.</summary>
public sealed class Members(SharedHost host) : IAsyncLifetime
{
    public const int Count = 25;

    /// <summary>Its ROLE_SU person.</summary>
    public HttpClient Manager { get; private set; } = null!;

    /// <summary>A person with ROLE_LOYALTY_STATS alone.</summary>
    public HttpClient Statistician { get; private set; } = null!;

    /// <summary>A partner with ROLE_LOYALTY.</summary>
    public HttpClient Partner { get; private set; } = null!;

    public string ManagerToken { get; private set; } = "";

    public string Name => Tenant;

    private string Tenant { get; } = $"lists-{Guid.NewGuid():N}"[..20];

    public static IEnumerable<string> Ids => Enumerable.Range(0, Count).Select(Id);

    public static string Id(int number) => $"m{number:00}";

    public async ValueTask InitializeAsync()
    {
        using var administrator = await host.AsAdministratorAsync();
        var tenant = await administrator.PostJsonAsync("auth-api/api/tenant", $$"""{ "id": "{{Tenant}}", "name": "Lists" }""", 201);
        ManagerToken = await host.Tokens.OfPersonAsync(Tenant, "admin", tenant.Text("administratorPassword"));
        Manager = Client(ManagerToken);
        var person = await Manager.PostJsonAsync("auth-api/api/user", """{ "login": "stats", "roles": ["ROLE_LOYALTY_STATS"] }""", 201);
        Statistician = Client(await host.Tokens.OfPersonAsync(Tenant, "stats", person.Text("password")));
        var partner = await administrator.PostJsonAsync("auth-api/api/client",
            $$"""{ "id": "{{Tenant}}-partner", "grants": ["CLIENT_CREDENTIALS"], "tenants": ["{{Tenant}}"], "roles": ["ROLE_LOYALTY"] }""", 201);
        Partner = Client(await host.Tokens.OfPartnerAsync($"{Tenant}-partner", partner.Text("secret")));
        await PostAsync(Enumerable.Range(0, Count).SelectMany(Story));
        await Campaigns.RunAsync(Manager, "lists-coffee", Campaigns.CouponThenOrders("lists-coffee", "properties.coffee", "yes"));
        await PostAsync([$$"""{ "event": "PROPERTIES", "account": "m01", "properties": { "coffee": "yes" } }""",
            $$"""{ "event": "PROPERTIES", "account": "m02", "properties": { "coffee": "yes" } }"""]);
    }

    public async Task PostAsync(IEnumerable<string> events)
    {
        foreach (var outcome in (await Manager.PostJsonAsync("api/event", $"[{string.Join(',', events)}]")).EnumerateArray())
            Assert.True(outcome.Text("status") == "APPLIED", outcome.ToString());
    }

    public ValueTask DisposeAsync()
    {
        Manager?.Dispose();
        Statistician?.Dispose();
        Partner?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Made on days 1 to 25 of January 2026. Every third has a card, a phone and the tag third; every fifth ordered at
    /// old-town on 1 February for 10 per number. m07 is Zażółć Gęślą.
    /// </summary>
    private static IEnumerable<string> Story(int number)
    {
        var (id, made) = (Id(number), $"2026-01-{number + 1:00}T12:00:00Z");
        var name = number == 7 ? """ "firstName": "Zażółć", "lastName": "Gęślą" """ : $$""" "firstName": "First{{number}}", "lastName": "Last{{number}}" """;
        yield return $$"""{ "event": "PROFILE", "account": "{{id}}", "ts": "{{made}}", "email": "{{id}}@example.com", {{name}} }""";
        if (number % 3 == 0)
        {
            yield return $$"""{ "event": "CARD", "account": "{{id}}", "ts": "{{made}}", "card": "Card-{{number}}" }""";
            yield return $$"""{ "event": "PROFILE", "account": "{{id}}", "ts": "{{made}}", "phone": "+48 600 {{number}}" }""";
            yield return $$"""{ "event": "PROPERTIES", "account": "{{id}}", "ts": "{{made}}", "addTags": ["third"] }""";
        }
        if (number % 5 == 0)
            yield return $$"""
                { "event": "ORDER", "account": "{{id}}", "ts": "2026-02-01T12:00:00Z", "order":
                  { "id": "order-{{id}}", "status": "COMPLETED", "total": "{{number}}0", "editTotal": "{{number}}0", "orderType": "DINE_IN", "source": "pos",
                    "buckets": [{ "venue": "old-town", "lines": [] }] } }
                """;
    }

    private HttpClient Client(string token)
    {
        var http = host.Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}

/// <summary>A page of a list, as it was answered.</summary>
internal sealed record Page(IReadOnlyList<JsonElement> Accounts, string ContentRange, long Total, string Exposed)
{
    public IEnumerable<string> Ids => Accounts.Select(account => account.Text("id"));

    public static async Task<Page> GetAsync(HttpClient http, string query, string path = "api/account")
    {
        using var answer = await http.GetAsync(new Uri($"{path}?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var accounts = await answer.JsonAsync(200);
        return new Page([.. accounts.EnumerateArray()], answer.Content.Headers.GetValues("Content-Range").Single(),
            long.Parse(answer.Headers.GetValues("X-Total-Count").Single(), System.Globalization.CultureInfo.InvariantCulture),
            string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")));
    }
}
