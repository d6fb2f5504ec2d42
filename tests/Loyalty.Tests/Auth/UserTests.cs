using System.Net;
using System.Text.Json;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

public sealed class UserTests : IAsyncLifetime
{
    private const string Users = "/auth-api/api/user";
    private AuthHost host = null!;
    private string su = "";

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
        await host.GivenPersonAsync("acme", "root", "correct horse", Roles.Su);
        su = await host.TokenOfPersonAsync("acme", "root", "correct horse");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_new_person_gets_a_password_that_is_shown_once()
    {
        var made = await PostAsync(new { login = "bob", firstName = "Bob", roles = new[] { Roles.Loyalty } });
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "BOB", made.Text("password"))).StatusCode);
        var read = await AuthHost.JsonAsync(await host.CallAsync($"{Users}/{made.Text("id")}", su));
        Assert.False(read.TryGetProperty("password", out _));
        Assert.DoesNotContain("pbkdf2", read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_is_taken_whatever_its_case()
    {
        await PostAsync(new { login = "bob" });
        await AccessTests.ProblemAsync(await host.CallAsync(Users, su, null, HttpMethod.Post, new { login = "BOB" }), HttpStatusCode.Conflict, "login_taken");
    }

    [Theory]
    [InlineData("""{"login":"a b"}""", "login")]
    [InlineData("""{"login":"anonymous"}""", "login")]
    [InlineData("""{"login":"bob","password":"short"}""", "password")]
    [InlineData("""{"login":"bob","password":"password1"}""", "password")]
    [InlineData("""{"login":"bob","roles":["ROLE_GOD"]}""", "roles")]
    public async Task What_cannot_be_is_refused_by_name(string json, string field)
    {
        var response = await host.CallAsync(Users, su, null, HttpMethod.Post, JsonDocument.Parse(json).RootElement);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await AuthHost.JsonAsync(response)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_person_who_is_deactivated_is_out_at_once_and_stays_out_when_active_again()
    {
        var made = await PostAsync(new { login = "bob", password = "correct horse" });
        var answer = await AuthHost.JsonAsync(await host.SignInAsync("acme", "bob", "correct horse"));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", answer.Text("access_token"))).StatusCode);
        await PutAsync(made, [], active: false);
        await NobodyAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("acme", "bob", "correct horse")).StatusCode);
        await PutAsync(made, [], active: true);
        await NobodyAsync(answer);
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "bob", "correct horse")).StatusCode);
    }

    [Fact]
    public async Task A_role_that_is_taken_is_gone_at_the_next_call()
    {
        var made = await PostAsync(new { login = "bob", password = "correct horse", roles = new[] { Roles.Loyalty } });
        var token = await host.TokenOfPersonAsync("acme", "bob", "correct horse");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", token)).StatusCode);
        await PutAsync(made, [Roles.LoyaltyStats], active: true);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync("/api/accounts", token)).StatusCode);
    }

    [Fact]
    public async Task Nobody_takes_their_own_rights_away()
    {
        var me = await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/me", su));
        await AccessTests.ProblemAsync(await host.CallAsync($"{Users}/{me.Text("id")}", su, null, HttpMethod.Delete), HttpStatusCode.Conflict, "yourself");
        var put = await host.CallAsync($"{Users}/{me.Text("id")}", su, null, HttpMethod.Put, new { roles = Array.Empty<string>(), active = true });
        await AccessTests.ProblemAsync(put, HttpStatusCode.Conflict, "yourself");
    }

    [Fact]
    public async Task A_deleted_person_is_out_at_once()
    {
        var made = await PostAsync(new { login = "bob", password = "correct horse" });
        var answer = await AuthHost.JsonAsync(await host.SignInAsync("acme", "bob", "correct horse"));
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync($"{Users}/{made.Text("id")}", su, null, HttpMethod.Delete)).StatusCode);
        await NobodyAsync(answer);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync($"{Users}/{made.Text("id")}", su)).StatusCode);
    }

    [Fact]
    public async Task A_changed_password_ends_every_sign_in_made_with_the_old_one()
    {
        await PostAsync(new { login = "bob", password = "correct horse" });
        var answer = await AuthHost.JsonAsync(await host.SignInAsync("acme", "bob", "correct horse"));
        var token = answer.Text("access_token");
        var wrong = await host.CallAsync("/auth-api/api/me/password", token, null, HttpMethod.Post, new { current = "wrong horse", password = "battery staple" });
        await AccessTests.ProblemAsync(wrong, HttpStatusCode.BadRequest, "validation");
        var right = await host.CallAsync("/auth-api/api/me/password", token, null, HttpMethod.Post, new { current = "correct horse", password = "battery staple" });
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        await NobodyAsync(answer);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("acme", "bob", "correct horse")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "bob", "battery staple")).StatusCode);
    }

    [Fact]
    public async Task An_administrator_gives_a_new_password()
    {
        var made = await PostAsync(new { login = "bob", password = "correct horse" });
        var reset = await AuthHost.JsonAsync(await host.CallAsync($"{Users}/{made.Text("id")}/password", su, null, HttpMethod.Post, new { }));
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "bob", reset.Text("password"))).StatusCode);
    }

    [Fact]
    public async Task People_are_listed_in_both_dialects()
    {
        foreach (var login in new[] { "ann", "bob", "cid" })
            await PostAsync(new { login, lastName = "Nowak" });
        var simple = await host.CallAsync($"{Users}?filter=%7B%22q%22%3A%22Now%22%7D&range=[0,1]&sort=[%22login%22,%22DESC%22]", su);
        Assert.Equal(["cid", "bob"], await LoginsAsync(simple));
        Assert.Equal("user 0-1/3", simple.Content.Headers.GetValues("Content-Range").Single());
        var plain = await host.CallAsync($"{Users}?q=Now&_start=1&_end=3&_sort=login&_order=ASC", su);
        Assert.Equal(["bob", "cid"], await LoginsAsync(plain));
        Assert.Equal("3", plain.Headers.GetValues("X-Total-Count").Single());
        Assert.Equal(["ann"], await LoginsAsync(await host.CallAsync($"{Users}?login=ANN", su)));
        await AccessTests.ProblemAsync(await host.CallAsync($"{Users}?range=none", su), HttpStatusCode.BadRequest, "bad_parameter");
    }

    [Fact]
    public async Task People_of_another_tenant_do_not_exist()
    {
        var stranger = await host.GivenPersonAsync("other", "eve", "correct horse", Roles.Su);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync($"{Users}/{stranger.Id}", su)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync($"{Users}/{stranger.Id}", su, null, HttpMethod.Delete)).StatusCode);
        Assert.DoesNotContain("eve", await LoginsAsync(await host.CallAsync(Users, su)));
    }

    [Fact]
    public async Task Members_sign_themselves_up_only_where_the_tenant_lets_them()
    {
        var closed = await host.CallAsync("/auth-api/api/register", null, "acme", HttpMethod.Post, new { login = "new", password = "correct horse" });
        await AccessTests.ProblemAsync(closed, HttpStatusCode.Forbidden, "registration_closed");
        await host.Get<Tenants>().TryCreateAsync(new Tenant("club", "Club", SelfRegistration: true), TestContext.Current.CancellationToken);
        var open = await host.CallAsync("/auth-api/api/register", null, "club", HttpMethod.Post, new { login = "new", password = "correct horse", roles = new[] { Roles.Su } });
        Assert.Equal(HttpStatusCode.Created, open.StatusCode);
        Assert.Equal(0, (await AuthHost.JsonAsync(open)).GetProperty("roles").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("club", "new", "correct horse")).StatusCode);
    }

    private async Task<JsonElement> PostAsync(object body)
    {
        var response = await host.CallAsync(Users, su, null, HttpMethod.Post, body);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await AuthHost.JsonAsync(response);
    }

    private async Task PutAsync(JsonElement user, string[] roles, bool active) => Assert.Equal(
        HttpStatusCode.OK, (await host.CallAsync($"{Users}/{user.Text("id")}", su, null, HttpMethod.Put, new { roles, active })).StatusCode);

    private async Task NobodyAsync(JsonElement signIn)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", signIn.Text("access_token"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(signIn.Text("refresh_token"))).StatusCode);
    }

    private static async Task<string[]> LoginsAsync(HttpResponseMessage response) =>
        [.. (await AuthHost.JsonAsync(response)).EnumerateArray().Select(user => user.Text("login"))];
}
