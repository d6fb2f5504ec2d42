using System.Net;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>The endpoints of the standards: discovery, introspection, revocation.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "alice", "correct horse");
        await host.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Discovery_names_the_endpoints_and_grants()
    {
        var found = await AuthHost.JsonAsync(await host.CallAsync("/.well-known/openid-configuration", null));
        Assert.Equal(host.Http.BaseAddress!.ToString(), found.Text("issuer"));
        Assert.EndsWith("/connect/token", found.Text("token_endpoint"), StringComparison.Ordinal);
        Assert.EndsWith("/connect/introspect", found.Text("introspection_endpoint"), StringComparison.Ordinal);
        Assert.EndsWith("/connect/revoke", found.Text("revocation_endpoint"), StringComparison.Ordinal);
        Assert.Equal(["authorization_code", "client_credentials", "password", "refresh_token"], found.GetProperty("grant_types_supported").EnumerateArray().Select(grant => grant.GetString()!).Order());
    }

    [Fact]
    public async Task Discovery_offers_codes_with_S256_and_nothing_weaker()
    {
        var found = await AuthHost.JsonAsync(await host.CallAsync("/.well-known/openid-configuration", null));
        Assert.EndsWith("/connect/authorize", found.Text("authorization_endpoint"), StringComparison.Ordinal);
        Assert.EndsWith("/connect/sign-out", found.Text("end_session_endpoint"), StringComparison.Ordinal);
        foreach (var (name, only) in new[] { ("code_challenge_methods_supported", "S256"), ("response_types_supported", "code"), ("response_modes_supported", "query") })
            Assert.Equal(only, Assert.Single(found.GetProperty(name).EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_configured_issuer_is_named_and_any_other_refused()
    {
        await using var named = await AuthHost.StartAsync(("Auth:Issuer", "https://loyalty.example.com/"));
        await named.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        var token = await named.TokenOfPartnerAsync("one");
        Assert.Equal("https://loyalty.example.com/", AuthHost.Decode(token).Text("iss"));
        Assert.Equal(HttpStatusCode.OK, (await named.CallAsync("/loyalty-api/api/accounts", token)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once_and_introspection_says_so()
    {
        var token = await host.TokenOfPartnerAsync("one");
        Assert.True((await IntrospectAsync(token)).GetProperty("active").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/connect/revoke", token)).StatusCode);
        Assert.False((await IntrospectAsync(token)).GetProperty("active").GetBoolean());
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/accounts", token)).StatusCode);
    }

    [Fact]
    public async Task A_client_cannot_ask_about_or_revoke_what_is_not_its_own()
    {
        var alice = await host.TokenOfPersonAsync("acme", "alice", "correct horse");
        await AskAsync("/connect/revoke", alice);
        Assert.False((await IntrospectAsync(alice)).GetProperty("active").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", alice)).StatusCode);
    }

    [Fact]
    public async Task Answers_carry_what_browsers_must_know()
    {
        var response = await host.CallAsync("/auth-api/api/me", null);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_token_in_the_address_is_no_token()
    {
        var token = await host.TokenOfPartnerAsync("one");
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync($"/api/accounts?access_token={token}", null)).StatusCode);
    }

    private Task<HttpResponseMessage> AskAsync(string address, string token) => host.AskTokenAsync(address, null, "one:one-secret-of-tests", ("token", token));

    private async Task<System.Text.Json.JsonElement> IntrospectAsync(string token) => await AuthHost.JsonAsync(await AskAsync("/connect/introspect", token));
}
