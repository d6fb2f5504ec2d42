using System.Net;
using System.Text.Json;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>Clients that hold no secret, and what of them fits together.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private const string Clients = "/auth-api/api/client";
    private AuthHost host = null!;
    private string admin = "";

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        admin = await host.TokenOfAdministratorAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_public_client_has_no_secret_and_is_answered_as_it_was_made()
    {
        var made = await AuthHost.JsonAsync(await PostAsync("""
            {"id":"spa","public":true,"grants":["AUTHORIZATION_CODE"],"redirectUris":["https://a.example.com/b"],"postLogoutRedirectUris":["https://a.example.com/"],"origins":["https://a.example.com"]}
            """, HttpStatusCode.Created));
        Assert.False(made.TryGetProperty("secret", out _));
        var read = await AuthHost.JsonAsync(await host.CallAsync($"{Clients}/spa", admin));
        Assert.True(read.GetProperty("public").GetBoolean());
        foreach (var (field, value) in new[] { ("redirectUris", "https://a.example.com/b"), ("postLogoutRedirectUris", "https://a.example.com/"), ("origins", "https://a.example.com"), ("grants", "AUTHORIZATION_CODE") })
            Assert.Equal(value, Assert.Single(read.GetProperty(field).EnumerateArray()).GetString());
        await AccessTests.ProblemAsync(await host.CallAsync($"{Clients}/spa/secret", admin, null, HttpMethod.Post), HttpStatusCode.Conflict, "public_client");
    }

    [Theory]
    [InlineData("""{"id":"x","public":true,"grants":["PASSWORD"]}""", "grants")]
    [InlineData("""{"id":"x","public":true,"grants":["AUTHORIZATION_CODE","CLIENT_CREDENTIALS"],"redirectUris":["https://a.example.com/"]}""", "grants")]
    [InlineData("""{"id":"x","public":true,"secret":"0123456789abcdef!","grants":["AUTHORIZATION_CODE"],"redirectUris":["https://a.example.com/"]}""", "secret")]
    [InlineData("""{"id":"x","public":true,"grants":["AUTHORIZATION_CODE"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["PASSWORD"],"redirectUris":["https://a.example.com/"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["http://a.example.com/"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["https://a.example.com/#x"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["https://*.example.com/"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["https://u:p@a.example.com/"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["com.example.app:/x"]}""", "redirectUris")]
    [InlineData("""{"id":"x","native":true,"grants":["AUTHORIZATION_CODE"],"redirectUris":["javascript:alert(1)"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["/relative"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":["~/admin"]}""", "redirectUris")]
    [InlineData("""{"id":"x","grants":["AUTHORIZATION_CODE"],"redirectUris":[null]}""", "redirectUris")]
    public async Task What_cannot_be_is_refused_by_name(string json, string field)
    {
        var problem = await AuthHost.JsonAsync(await PostAsync(json, HttpStatusCode.BadRequest));
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), error => error.Name.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_hosts_own_clients_stay_as_they_are()
    {
        foreach (var id in new[] { "console", "scalar" })
        {
            Assert.True((await AuthHost.JsonAsync(await host.CallAsync($"{Clients}/{id}", admin))).GetProperty("public").GetBoolean());
            await AccessTests.ProblemAsync(await host.CallAsync($"{Clients}/{id}", admin, null, HttpMethod.Delete), HttpStatusCode.Conflict, "client_built_in");
            var change = new { grants = new[] { "AUTHORIZATION_CODE" }, tenants = Array.Empty<string>(), roles = Array.Empty<string>(), redirectUris = new[] { "https://evil.com/" } };
            await AccessTests.ProblemAsync(await host.CallAsync($"{Clients}/{id}", admin, null, HttpMethod.Put, change), HttpStatusCode.Conflict, "client_built_in");
        }
    }

    [Fact]
    public async Task A_client_with_a_secret_may_send_people_to_the_sign_in_page_too()
    {
        await host.GivenPersonAsync("acme", "alice", "correct horse");
        var made = await AuthHost.JsonAsync(await PostAsync("""{"id":"web","grants":["AUTHORIZATION_CODE"],"redirectUris":["https://app.example.com/signed-in"]}""", HttpStatusCode.Created));
        using var browser = new Browser(host);
        var code = (await browser.SignInAsync(Browser.Authorize("web"), "acme", "alice", "correct horse"))["code"];
        Assert.Equal("invalid_client", (await browser.RedeemAsync(code, "web")).Text("error"));
        var answer = await host.AskTokenAsync("/connect/token", null, $"web:{made.Text("secret")}",
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Browser.Callback), ("code_verifier", Browser.Verifier));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string json, HttpStatusCode status)
    {
        var response = await host.CallAsync(Clients, admin, null, HttpMethod.Post, JsonDocument.Parse(json).RootElement);
        Assert.True(response.StatusCode == status, await response.Content.ReadAsStringAsync());
        return response;
    }
}
