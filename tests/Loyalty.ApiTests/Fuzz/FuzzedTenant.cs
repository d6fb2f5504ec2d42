using System.Net.Http.Headers;
using System.Text;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>A tenant to be fuzzed, with callers of every kind, and with what may be changed and deleted in it.</summary>
internal sealed class FuzzedTenant : IDisposable
{
    public const string WebhookSecret = "a-secret-of-the-fuzzer";

    private readonly Brand brand;

    private FuzzedTenant(Brand brand, Names names, Dictionary<string, HttpClient> callers) =>
        (this.brand, Names, Callers) = (brand, names, callers);

    public Names Names { get; }

    public IReadOnlyDictionary<string, HttpClient> Callers { get; }

    public static async Task<FuzzedTenant> MakeAsync(HostProcess host)
    {
        var brand = await Brand.MakeAsync(host, "Europe/Warsaw");
        using var administrator = await host.AsAdministratorAsync();
        var spare = Unique.Id("spare")[..20];
        await administrator.PostJsonAsync(
            "auth-api/api/tenant", $$"""{ "id": "{{spare}}", "name": "To be changed" }""", 201);
        await administrator.PostJsonAsync(
            "auth-api/api/client", $$"""{ "id": "{{spare}}", "grants": ["CLIENT_CREDENTIALS"], "tenants": ["{{spare}}"] }""", 201);
        var user = await brand.Manager.PostJsonAsync("auth-api/api/user", """{ "login": "to-be-changed", "roles": [] }""", 201);
        await brand.Manager.PutJsonAsync(
            $"auth-api/api/tenant/{brand.Tenant}/loyalty", $$"""{ "orderWebhookSecret": "{{WebhookSecret}}" }""");
        await brand.Manager.PutJsonAsync(
            $"auth-api/api/tenant/{brand.Tenant}",
            """
            { "name": "Fuzzed", "timeZone": "Europe/Warsaw", "currency": "PLN", "selfRegistration": true, "guests": false }
            """);
        var (_, member) = await brand.MemberAsync("member");
        var callers = new Dictionary<string, HttpClient>
        {
            ["manager"] = Raw(host, brand.Manager),
            ["member"] = Raw(host, member),
            ["partner"] = Raw(host, brand.Partner),
            ["partner-su"] = Raw(host, await brand.PartnerAsync("ROLE_SU")),
            ["administrator"] = Raw(host, administrator),
            ["nobody"] = Raw(host, null),
        };
        var names = new Names { User = user.Text("id"), Client = spare, Tenant = brand.Tenant, SpareTenant = spare };
        return new FuzzedTenant(brand, names, callers);
    }

    public void Dispose()
    {
        foreach (var caller in Callers.Values)
            caller.Dispose();
        brand.Dispose();
    }

    /// <summary>Sends what it is told, in headers too.</summary>
    private static HttpClient Raw(HostProcess host, HttpClient? like)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        };
        var http = new HttpClient(handler) { BaseAddress = host.Address };
        if (like?.DefaultRequestHeaders.Authorization is { } token)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(token.Scheme, token.Parameter);
        return http;
    }
}
