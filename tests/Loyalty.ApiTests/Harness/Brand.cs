using System.Net.Http.Headers;
using System.Text.Json;

namespace Loyalty.ApiTests;

/// <summary>A tenant of a test's own, with people and partners of every kind that the test asks for.</summary>
public sealed class Brand : IDisposable
{
    private readonly HostProcess host;
    private readonly List<(HttpClient Http, Func<Task<string>> SignIn)> clients = [];

    private Brand(HostProcess host, string tenant) => (this.host, Tenant) = (host, tenant);

    public string Tenant { get; }

    /// <summary>Its ROLE_SU person.</summary>
    public HttpClient Manager { get; private set; } = null!;

    /// <summary>A partner with ROLE_LOYALTY.</summary>
    public HttpClient Partner { get; private set; } = null!;

    public static async Task<Brand> MakeAsync(HostProcess host, string timeZone = "UTC")
    {
        var brand = new Brand(host, $"brand-{Guid.NewGuid():N}"[..20]);
        using var administrator = await host.AsAdministratorAsync();
        var tenant = await administrator.PostJsonAsync(
            "auth-api/api/tenant", $$"""{ "id": "{{brand.Tenant}}", "name": "Brand of a test", "timeZone": "{{timeZone}}" }""", 201);
        brand.Manager = await brand.ClientAsync(() => host.Tokens.OfPersonAsync(brand.Tenant, "admin", tenant.Text("administratorPassword")));
        brand.Partner = await brand.PartnerAsync("ROLE_LOYALTY");
        return brand;
    }

    /// <summary>A partner with one role.</summary>
    public async Task<HttpClient> PartnerAsync(string role)
    {
        using var administrator = await host.AsAdministratorAsync();
        var id = Unique.Id("partner");
        var partner = await administrator.PostJsonAsync("auth-api/api/client",
            $$"""{ "id": "{{id}}", "grants": ["CLIENT_CREDENTIALS"], "tenants": ["{{Tenant}}"], "roles": ["{{role}}"] }""", 201);
        return await ClientAsync(() => host.Tokens.OfPartnerAsync(id, partner.Text("secret")));
    }

    /// <summary>A person who signs in for the first time, and with that has an account.</summary>
    public async Task<(string Account, HttpClient Http)> MemberAsync(string login)
    {
        var person = await Manager.PostJsonAsync("auth-api/api/user", $$"""{ "login": "{{login}}", "roles": [] }""", 201);
        var http = await ClientAsync(() => host.Tokens.OfPersonAsync(Tenant, login, person.Text("password")));
        return ((await http.GetJsonAsync("auth-api/api/me")).Text("id"), http);
    }

    public async Task PostAsync(params string[] events)
    {
        foreach (var outcome in (await Partner.PostJsonAsync("api/event", $"[{string.Join(',', events)}]")).EnumerateArray())
            Assert.True(outcome.Text("status") == "APPLIED", outcome.ToString());
    }

    /// <summary>Gives each of these accounts a tag.</summary>
    public Task TagAsync(string tag, params IEnumerable<string> accounts) => PostAsync(
        [.. accounts.Select(account => $$"""{ "event": "PROPERTIES", "account": "{{account}}", "addTags": ["{{tag}}"] }""")]);

    public async Task<string> StatusAsync(string campaign) => (await Manager.GetJsonAsync($"api/campaign/{campaign}")).Text("status");

    public async Task ReachesAsync(string campaign, string status)
    {
        await Eventually.TrueAsync(async () => await StatusAsync(campaign) == status, $"{campaign} is {status}");
        await Campaigns.WrittenAsync(Manager, campaign);
    }

    public async Task<JsonElement> AccountAsync(string account) => await Partner.GetJsonAsync($"api/account/{account}");

    public async Task<JsonElement> VerifyAsync(string coupon, string account, bool take = false, HttpClient? till = null) =>
        await (till ?? Partner).GetJsonAsync($"api/account/coupon/verify?coupon={coupon}&account={account}{(take ? "&lock=true" : "")}");

    public void Dispose()
    {
        foreach (var (http, _) in clients)
            http.Dispose();
    }

    /// <summary>Gets new tokens for all, after the clock has been moved.</summary>
    public async Task SignInAgainAsync()
    {
        host.Tokens.Forget();
        foreach (var (http, signIn) in clients)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await signIn());
    }

    private async Task<HttpClient> ClientAsync(Func<Task<string>> signIn)
    {
        var http = host.Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await signIn());
        clients.Add((http, signIn));
        return http;
    }
}
