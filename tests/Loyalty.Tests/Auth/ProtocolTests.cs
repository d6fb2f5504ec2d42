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

    [Theory]
    [InlineData("grant_type=password&username=%EF%BF%BE&password=x", "invalid_grant")]
    [InlineData("grant_type=password&username=%F4%8F%BF%BF&password=%EE%80%80", "invalid_grant")]
    [InlineData("grant_type=password&username=%ED%A0%80&password=x", "invalid_grant")]
    [InlineData("grant_type=password&username=%FF&password=x", "invalid_grant")]
    [InlineData("grant_type=password&username=%00&password=x", "invalid_request")]
    [InlineData("grant_type=password&username=alice&password=a%00", "invalid_request")]
    [InlineData("grant_type=%00", "invalid_request")]
    [InlineData("%00=1", "invalid_request")]
    [InlineData("grant_type=refresh_token&refresh_token=%EF%BF%BE", "invalid_grant")]
    [InlineData("grant_type=password&username=a&username=b&password=x", "invalid_request")]
    [InlineData("grant_type=\uD83D\uDE00", "unsupported_grant_type")]
    public async Task Odd_text_is_no_fault_of_the_token_endpoint(string form, string error)
    {
        using var answer = await SendFormAsync("/connect/token", form);

        Assert.Equal((HttpStatusCode.BadRequest, error), (answer.StatusCode, (await AuthHost.JsonAsync(answer)).Text("error")));
    }

    [Fact]
    public async Task A_field_with_NUL_is_named()
    {
        using var answer = await SendFormAsync("/connect/token", "grant_type=password&username=alice&password=a%00b");

        Assert.Equal("The field password holds a NUL character.", (await AuthHost.JsonAsync(answer)).Text("error_description"));
    }

    [Fact]
    public async Task A_form_with_too_many_or_too_long_fields_is_refused()
    {
        foreach (var form in new[] { string.Concat(Enumerable.Repeat("a=1&", 2_000)), $"{new string('x', 5_000)}=1" })
            foreach (var address in new[] { "/connect/token", "/auth-oauth2/oauth/token", "/connect/revoke", "/connect/introspect" })
                Assert.Equal("invalid_request", (await AuthHost.JsonAsync(await SendFormAsync(address, form))).Text("error"));
    }

    private async Task<HttpResponseMessage> SendFormAsync(string address, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.TryAddWithoutValidation("x-tenant", "acme");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("app:app-secret-of-tests"u8));
        return await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private Task<HttpResponseMessage> AskAsync(string address, string token) => host.AskTokenAsync(address, null, "one:one-secret-of-tests", ("token", token));

    private async Task<System.Text.Json.JsonElement> IntrospectAsync(string token) => await AuthHost.JsonAsync(await AskAsync("/connect/introspect", token));
}
