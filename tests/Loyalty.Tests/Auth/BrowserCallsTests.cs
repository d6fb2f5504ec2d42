using System.Net;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>Calls from pages of other origins, and what every answer tells a browser.</summary>
public sealed class BrowserCallsTests : IAsyncLifetime
{
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync(("Auth:Origins:0", "https://shop.example.com"));
        await host.Get<Partners>().TryCreateAsync(new NewPartner("spa", null, [Grant.AuthorizationCode], [], [])
        {
            RedirectUris = ["https://app.example.com/back"],
            Origins = ["https://app.example.com", "http://localhost:5173"],
        }, default);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("https://shop.example.com", true)]
    [InlineData("https://app.example.com", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://evil.com", false)]
    [InlineData("https://app.example.com.evil.com", false)]
    [InlineData("http://app.example.com", false)]
    [InlineData("https://app.example.com:8443", false)]
    [InlineData("null", false)]
    public async Task A_page_may_call_when_its_origin_is_named_by_the_deployment_or_a_client(string origin, bool may)
    {
        foreach (var (path, method) in new[] { ("/api/my", "PUT"), ("/auth-api/api/me", "DELETE"), ("/connect/token", "POST"), ("/loyalty-api/api/campaigns", "GET") })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.TryAddWithoutValidation("Origin", origin);
            preflight.Headers.TryAddWithoutValidation("Access-Control-Request-Method", method);
            preflight.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", "authorization, content-type, x-tenant");
            var answer = await host.Http.SendAsync(preflight, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal(may ? origin : null, Header(answer, "Access-Control-Allow-Origin"));
            if (may)
                Assert.Contains(method, Header(answer, "Access-Control-Allow-Methods")!, StringComparison.Ordinal);
            Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));

            using var call = new HttpRequestMessage(method == "PUT" ? HttpMethod.Get : new HttpMethod(method), path);
            call.Headers.TryAddWithoutValidation("Origin", origin);
            var called = await host.Http.SendAsync(call, TestContext.Current.CancellationToken);
            Assert.Equal(may ? origin : null, Header(called, "Access-Control-Allow-Origin"));
            if (may)
                Assert.Contains("X-Total-Count", Header(called, "Access-Control-Expose-Headers")!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/connect/sign-in")]
    [InlineData("/connect/authorize?client_id=spa")]
    [InlineData("/connect/sign-out")]
    [InlineData("/connect/password")]
    public async Task No_page_of_another_origin_reads_the_hosts_own_pages(string path)
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, path);
        call.Headers.TryAddWithoutValidation("Origin", "https://app.example.com");
        Assert.Null(Header(await host.Http.SendAsync(call, TestContext.Current.CancellationToken), "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("GET", "/api/my")]
    [InlineData("GET", "/api/open")]
    [InlineData("GET", "/auth-api/api/me")]
    [InlineData("POST", "/connect/token")]
    [InlineData("POST", "/auth-api/api/register")]
    [InlineData("GET", "/connect/sign-in")]
    [InlineData("GET", "/api/nothing-here")]
    public async Task Nothing_personal_is_kept_by_anybody_on_the_way(string method, string path)
    {
        using var call = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            call.Content = new StringContent("{", System.Text.Encoding.UTF8, "application/json");
        var answer = await host.Http.SendAsync(call, TestContext.Current.CancellationToken);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        AssertHeaders(answer);
    }

    [Theory]
    [InlineData("/scalar")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    [InlineData("/nothing-here")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Every_answer_carries_what_browsers_must_know(string path) =>
        AssertHeaders(await host.Http.GetAsync(path, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("https://app.example.com/")]
    [InlineData("https://*.example.com")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("http://app.example.com")]
    [InlineData("https://user@app.example.com")]
    public async Task Only_an_origin_can_be_allowed(string origin)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => AuthHost.StartAsync(("Auth:Origins:0", origin)));
        var admin = await host.TokenOfAdministratorAsync();
        var request = new { id = "x", @public = true, grants = new[] { "AUTHORIZATION_CODE" }, redirectUris = new[] { "https://x.example.com/" }, origins = new[] { origin } };
        Assert.Equal(HttpStatusCode.BadRequest, (await host.CallAsync("/auth-api/api/client", admin, null, HttpMethod.Post, request)).StatusCode);
    }

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        var policy = Header(answer, "Content-Security-Policy")!;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.NotNull(Header(answer, "Referrer-Policy"));
        Assert.Null(Header(answer, "Server"));
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
