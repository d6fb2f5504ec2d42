using System.Net;
using System.Text.Json;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

public sealed class TokenTests : IAsyncLifetime
{
    private static readonly string[] Addresses = ["/connect/token", "/connect/introspect", "/connect/revoke"];
    private static readonly string[] Guesses = ["till:guessed", "nobody:guessed", "spa:guessed"];
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/connect/token")]
    [InlineData("/auth-oauth2/oauth/token")]
    [InlineData("/loyalty-api/connect/token")]
    public async Task A_person_signs_in_and_the_token_says_who(string address)
    {
        var alice = await host.GivenPersonAsync("acme", "Alice", "correct horse", Roles.Loyalty);
        var response = await host.SignInAsync("acme", "alice", "correct horse", address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await AuthHost.JsonAsync(response);
        Assert.Equal(alice.Id, answer.Text("UUID"));
        Assert.Equal("Bearer", answer.Text("token_type"));
        Assert.True(answer.GetProperty("expires_in").GetInt32() > 3000);
        Assert.NotEmpty(answer.Text("refresh_token"));
        var claims = AuthHost.Decode(answer.Text("access_token"));
        Assert.Equal(("acme", alice.Id, "Alice", alice.Id), (claims.Text("TENANT"), claims.Text("UUID"), claims.Text("user_name"), claims.Text("sub")));
        Assert.Equal(JsonValueKind.Array, claims.GetProperty("authorities").ValueKind);
        Assert.Equal(Roles.Loyalty, claims.GetProperty("authorities")[0].GetString());
        Assert.Equal("loyalty", claims.Text("aud"));
        var me = await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/me", answer.Text("access_token")));
        Assert.Equal((alice.Id, "Alice", "acme"), (me.Text("id"), me.Text("login"), me.Text("tenant")));
    }

    [Fact]
    public async Task A_member_who_signs_in_is_told_to_the_modules_and_staff_are_no_members()
    {
        var member = await host.GivenPersonAsync("acme", "member", "correct horse");
        var manager = await host.GivenPersonAsync("acme", "manager", "correct horse", Roles.LoyaltyStats);
        foreach (var login in new[] { "member", "manager" })
            Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", login, "correct horse")).StatusCode);
        Assert.Contains(SignInsHeard.Heard.ToArray(), heard => heard.PersonId == member.Id && heard.Tenant == "acme");
        Assert.DoesNotContain(SignInsHeard.Heard.ToArray(), heard => heard.PersonId == manager.Id);
    }

    [Fact]
    public async Task A_person_without_roles_still_has_an_array_of_them()
    {
        await host.GivenPersonAsync("acme", "member", "correct horse");
        var claims = AuthHost.Decode(await host.TokenOfPersonAsync("acme", "member", "correct horse"));
        Assert.Equal(0, claims.GetProperty("authorities").GetArrayLength());
    }

    [Fact]
    public async Task A_partner_gets_a_token_by_form_or_by_basic_authentication()
    {
        await host.GivenPartnerAsync("till", ["acme"], Roles.LoyaltyEvent);
        var form = await host.AskTokenAsync("/connect/token", null, null,
            ("grant_type", "client_credentials"), ("client_id", "till"), ("client_secret", "till-secret-of-tests"));
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        var claims = AuthHost.Decode(await host.TokenOfPartnerAsync("till"));
        Assert.Equal("till", claims.Text("sub"));
        Assert.False(claims.TryGetProperty("UUID", out _));
        Assert.Equal(JsonValueKind.Array, claims.GetProperty("authorities").ValueKind);
    }

    [Theory]
    [InlineData("acme", "alice", "wrong")]
    [InlineData("acme", "nobody", "correct horse")]
    [InlineData("other", "alice", "correct horse")]
    [InlineData("acme", "anonymous", "")]
    public async Task A_wrong_login_or_password_looks_the_same_whatever_is_wrong(string tenant, string login, string password)
    {
        await host.GivenPersonAsync("acme", "alice", "correct horse");
        var response = await host.SignInAsync(tenant, login, password);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_grant", (await AuthHost.JsonAsync(response)).Text("error"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no")]
    [InlineData("not a tenant")]
    public async Task A_sign_in_names_its_tenant(string? tenant)
    {
        await host.GivenPersonAsync("acme", "alice", "correct horse");
        var response = await host.SignInAsync(tenant, "alice", "correct horse");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var answer = await AuthHost.JsonAsync(response);
        Assert.Equal("invalid_request", answer.Text("error"));
        Assert.Contains("x-tenant", answer.Text("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_with_a_wrong_secret_gets_nothing()
    {
        await host.GivenPartnerAsync("till", ["acme"], Roles.LoyaltyEvent);
        var response = await host.AskTokenAsync("/connect/token", null, "till:guessed", ("grant_type", "client_credentials"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_client", (await AuthHost.JsonAsync(response)).Text("error"));
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_client_the_answer_is_the_same()
    {
        await host.GivenPartnerAsync("till", ["acme"], Roles.LoyaltyEvent);
        await host.Get<Partners>().TryCreateAsync(new NewPartner("spa", null, [Grant.AuthorizationCode], [], []) { RedirectUris = ["https://a.example.com/"] }, TestContext.Current.CancellationToken);
        var answers = new HashSet<string>();
        foreach (var (address, basic) in from address in Addresses
                                         from basic in Guesses
                                         select (address, basic))
        {
            var response = await host.AskTokenAsync(address, null, basic, ("grant_type", "client_credentials"), ("token", "x"));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            answers.Add(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        Assert.Single(answers);
        var withoutSecret = new HashSet<string>();
        foreach (var client in new[] { "till", "nobody", "spa" })
            withoutSecret.Add(await (await host.AskTokenAsync("/connect/token", null, null, ("grant_type", "client_credentials"), ("client_id", client))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(withoutSecret);
    }

    [Fact]
    public async Task A_guest_signs_in_where_the_tenant_takes_guests_and_may_do_nothing_of_a_member()
    {
        await host.Get<Tenants>().TryCreateAsync(new Tenant("cafe", "Café", Guests: true), TestContext.Current.CancellationToken);
        var response = await host.SignInAsync("cafe", "anonymous", "");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var token = (await AuthHost.JsonAsync(response)).Text("access_token");
        Assert.Equal(0, AuthHost.Decode(token).GetProperty("authorities").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/auth-api/api/me", token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync("/api/my", token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync("/api/campaigns", token)).StatusCode);
        Assert.DoesNotContain(SignInsHeard.Heard.ToArray(), heard => heard.Tenant == "cafe");
    }
}
