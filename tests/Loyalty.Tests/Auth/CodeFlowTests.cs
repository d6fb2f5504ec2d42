using System.Net;
using Loyalty.Auth;
using Microsoft.AspNetCore.WebUtilities;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

/// <summary>Signing in and out on the host's own pages, for clients that hold no secret.</summary>
public sealed class CodeFlowTests : IAsyncLifetime
{
    private const string Password = "correct horse";
    private AuthHost host = null!;
    private Browser browser = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        await host.GivenPersonAsync("acme", "alice", Password, Roles.Loyalty);
        await host.GivenPersonAsync("other", "alice", Password);
        await ClientAsync("spa", [Browser.Callback]);
        browser = new Browser(host);
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task A_person_signs_in_on_the_page_and_the_client_gets_tokens_without_a_secret()
    {
        var answer = await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
        Assert.Equal("some-state", answer["state"]);
        var tokens = await browser.RedeemAsync(answer["code"]);
        var claims = AuthHost.Decode(tokens.Text("access_token"));
        Assert.Equal(("acme", "alice", tokens.Text("UUID")), (claims.Text("TENANT"), claims.Text("user_name"), claims.Text("UUID")));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", tokens.Text("access_token"))).StatusCode);
        var renewed = await host.AskTokenAsync("/connect/token", null, null,
            ("grant_type", "refresh_token"), ("client_id", "spa"), ("refresh_token", tokens.Text("refresh_token")));
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
    }

    [Fact]
    public async Task Who_is_signed_in_already_is_not_asked_again_and_a_page_can_find_out_silently()
    {
        Assert.Equal("login_required", Browser.Answer(await browser.GetAsync(Browser.Authorize(more: ("prompt", "none"))))["error"]);
        await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
        foreach (var prompt in new[] { null, "none" })
        {
            var answer = Browser.Answer(await browser.GetAsync(Browser.Authorize(more: ("prompt", prompt))));
            Assert.NotEmpty((await browser.RedeemAsync(answer["code"])).Text("access_token"));
        }
        foreach (var (key, value) in new[] { ("prompt", "login"), ("max_age", "0"), ("tenant", "other") })
            Assert.Contains("/connect/sign-in", Browser.Sent(await browser.GetAsync(Browser.Authorize(more: (key, value))), HttpStatusCode.Redirect), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("response_type", "token")]
    [InlineData("response_type", "code token")]
    [InlineData("response_mode", "fragment")]
    public async Task Nothing_but_a_code_with_PKCE_by_S256_is_given(string parameter, string? value)
    {
        await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
        var response = await browser.GetAsync(Browser.Authorize(more: (parameter, value)));
        if (response.StatusCode == HttpStatusCode.Redirect)
            Assert.True(Browser.Answer(response).ContainsKey("error"));
        else
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_code_is_good_once_for_its_client_with_its_verifier_and_address_and_a_second_use_ends_what_came_of_it()
    {
        foreach (var redeem in new Func<string, Task<System.Text.Json.JsonElement>>[]
        {
            code => browser.RedeemAsync(code, verifier: "another-verifier-that-is-long-enough-to-be-one-as-well"),
            code => browser.RedeemAsync(code, callback: "https://app.example.com/other"),
            code => browser.RedeemAsync(code, client: "nobody"),
        })
        {
            using var fresh = new Browser(host);
            var answer = await fresh.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
            Assert.True((await redeem(answer["code"])).TryGetProperty("error", out _));
        }
        var code = (await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password))["code"];
        var tokens = await browser.RedeemAsync(code);
        Assert.Equal("invalid_grant", (await browser.RedeemAsync(code)).Text("error"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", tokens.Text("access_token"))).StatusCode);
    }

    [Fact]
    public async Task Of_parallel_uses_of_a_code_at_most_one_gets_tokens()
    {
        await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
        for (var race = 0; race < 20; race++)
        {
            var code = Browser.Answer(await browser.GetAsync(Browser.Authorize()))["code"];
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => browser.RedeemAsync(code), TestContext.Current.CancellationToken)));
            Assert.True(answers.Count(tokens => tokens.TryGetProperty("access_token", out _)) <= 1);
        }
    }

    [Theory]
    [InlineData("https://app.example.com/signed-in/")]
    [InlineData("https://app.example.com/signed-in?x=1")]
    [InlineData("https://app.example.com/Signed-in")]
    [InlineData("https://app.example.com:444/signed-in")]
    [InlineData("http://app.example.com/signed-in")]
    [InlineData("https://app.example.com.evil.com/signed-in")]
    [InlineData("https://evil.com/signed-in")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task People_are_sent_to_the_registered_address_exactly_and_nowhere_else(string address)
    {
        var response = await browser.GetAsync(Browser.Authorize(callback: address));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [InlineData("native", "http://127.0.0.1:50123/back", true)]
    [InlineData("native", "http://127.0.0.1/back", true)]
    [InlineData("native", "http://[::1]:1/back", true)]
    [InlineData("native", "com.example.app:/back", true)]
    [InlineData("native", "http://127.0.0.1:50123/elsewhere", false)]
    [InlineData("native", "http://127.0.0.2:50123/back", false)]
    [InlineData("native", "http://localhost:50123/back", false)]
    [InlineData("native", "http://127.0.0.1.evil.com:50123/back", false)]
    [InlineData("native", "http://user@127.0.0.1:50123/back", false)]
    [InlineData("web", "http://127.0.0.1:50123/back", false)]
    public async Task A_loopback_address_is_good_with_any_port_for_native_apps(string client, string address, bool good)
    {
        await ClientAsync("native", ["http://127.0.0.1/back", "http://[::1]/back", "com.example.app:/back"], native: true);
        await ClientAsync("web", ["http://127.0.0.1/back"]);
        var response = await browser.GetAsync(Browser.Authorize(client, address));
        Assert.Equal(good ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("", "console", "/admin/")]
    [InlineData("", "console", "/admin/callback")]
    [InlineData("", "scalar", "/scalar")]
    [InlineData("/loyalty-api", "console", "/loyalty-api/admin/")]
    [InlineData("", "scalar", "/loyalty-api/scalar")]
    public async Task The_hosts_own_pages_sign_people_in_as_any_application_does(string pathBase, string client, string path)
    {
        var own = host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var answer = await browser.SignInAsync(Browser.Authorize(client, own + path, pathBase), "acme", "alice", Password);
        Assert.NotEmpty((await browser.RedeemAsync(answer["code"], client, own + path)).Text("access_token"));
        foreach (var elsewhere in new[] { $"https://evil.com{path}", $"{own}{path}/../x", $"{own}/api", $"{own}.evil.com{path}" })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(Browser.Authorize(client, elsewhere))).StatusCode);
    }

    [Fact]
    public async Task Nobody_learns_which_clients_exist()
    {
        await host.GivenPartnerAsync("till", ["acme"], Roles.LoyaltyEvent);
        var answers = new HashSet<string>();
        foreach (var (client, callback) in new[] { ("nobody", Browser.Callback), ("till", Browser.Callback), ("spa", "https://evil.com/"), ("console", "https://evil.com/") })
            answers.Add(await (await browser.GetAsync(Browser.Authorize(client, callback))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Single(answers);
    }

    [Fact]
    public async Task The_page_works_without_scripts_and_nothing_can_be_put_into_it()
    {
        await ClientAsync("odd", ["https://odd.example.com/back"], name: "<script>alert(1)</script>");
        var address = Browser.Authorize("odd", "https://odd.example.com/back", more: [("login_hint", "\"><script>alert(1)</script>"), ("state", "'\"><b>")]);
        var page = await browser.GetAsync(Browser.Sent(await browser.GetAsync(address), HttpStatusCode.Redirect));
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' https://odd.example.com;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());
        var answer = await browser.SendAsync(page, ("tenant", "acme"), ("login", "alice"), ("password", Password));
        Assert.Equal("'\"><b>", Browser.Answer(await browser.GetAsync(Browser.Sent(answer, HttpStatusCode.SeeOther)))["state"]);
    }

    [Theory]
    [InlineData("https://evil.com/connect/authorize?x=1")]
    [InlineData("//evil.com/connect/authorize?x=1")]
    [InlineData("/\\evil.com/connect/authorize?")]
    [InlineData("/connect/authorize/../../evil?")]
    [InlineData("/connect/sign-out?x=1")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_back_to_the_clients_request_only(string elsewhere)
    {
        var page = await browser.GetAsync($"/connect/sign-in?return={Uri.EscapeDataString(elsewhere)}");
        Assert.DoesNotContain("evil", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var sent = await browser.SendAsync(page, ("tenant", "acme"), ("login", "alice"), ("password", Password), ("return", elsewhere));
        Assert.Equal("/connect/sign-out", Browser.Sent(sent, HttpStatusCode.SeeOther));
    }

    [Fact]
    public async Task A_form_that_another_site_sends_signs_nobody_in_or_out()
    {
        (string, string)[] fields = [("tenant", "acme"), ("login", "alice"), ("password", Password), ("proof", new string('x', 43))];
        using var form = new HttpRequestMessage(HttpMethod.Post, "/connect/sign-in");
        form.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        var forged = await browser.CallAsync(form);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.False(forged.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("loyalty=", StringComparison.Ordinal)));

        var code = (await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password))["code"];
        var tokens = await browser.RedeemAsync(code);
        foreach (var (header, value) in new[] { ("Origin", "https://evil.com"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("X-None", "x") })
        {
            using var post = new HttpRequestMessage(HttpMethod.Post, "/connect/sign-out") { Content = new FormUrlEncodedContent([]) };
            post.Headers.TryAddWithoutValidation(header, value);
            await browser.CallAsync(post);
        }
        await browser.GetAsync("/connect/sign-out");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", tokens.Text("access_token"))).StatusCode);
        Assert.True(Browser.Answer(await browser.GetAsync(Browser.Authorize(more: ("prompt", "none")))).ContainsKey("code"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_every_token_that_came_of_it()
    {
        await ClientAsync("leaving", [Browser.Callback], leave: ["https://app.example.com/bye"]);
        var tokens = await browser.RedeemAsync((await browser.SignInAsync(Browser.Authorize("leaving"), "acme", "alice", Password))["code"], "leaving");
        var bye = QueryHelpers.AddQueryString("/connect/sign-out", new Dictionary<string, string?>
        {
            ["client_id"] = "leaving",
            ["post_logout_redirect_uri"] = "https://app.example.com/bye",
            ["state"] = "later",
        });
        var page = await browser.GetAsync(bye);
        Assert.Contains("alice", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var sent = Browser.Sent(await browser.SendAsync(page), HttpStatusCode.Redirect);
        Assert.StartsWith("https://app.example.com/bye?", sent, StringComparison.Ordinal);
        Assert.Contains("state=later", sent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/my", tokens.Text("access_token"))).StatusCode);
        Assert.Equal("login_required", Browser.Answer(await browser.GetAsync(Browser.Authorize(more: ("prompt", "none"))))["error"]);
        var strange = await browser.GetAsync(QueryHelpers.AddQueryString("/connect/sign-out", new Dictionary<string, string?>
        {
            ["client_id"] = "leaving",
            ["post_logout_redirect_uri"] = "https://evil.com/bye",
        }));
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
    }

    [Fact]
    public async Task A_page_of_this_host_signs_out_by_script()
    {
        await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/connect/sign-out") { Content = new FormUrlEncodedContent([]) };
        post.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        Assert.Equal(HttpStatusCode.OK, (await browser.CallAsync(post)).StatusCode);
        Assert.Equal("login_required", Browser.Answer(await browser.GetAsync(Browser.Authorize(more: ("prompt", "none"))))["error"]);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites_and_the_store_keeps_its_hash()
    {
        var page = await browser.GetAsync("/connect/sign-in");
        var sent = await browser.SendAsync(page, ("tenant", "acme"), ("login", "alice"), ("password", Password));
        var cookie = sent.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("loyalty=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        var secret = cookie["loyalty=".Length..].Split(';')[0];
        var stored = await host.Get<IMongoDatabase>().GetCollection<BsonDocument>("auth.sessions").Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(secret, stored.ToJson(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/my")).StatusCode);
    }

    [Fact]
    public async Task Who_is_deactivated_or_has_a_new_password_is_signed_out_of_every_browser()
    {
        await browser.SignInAsync(Browser.Authorize(), "acme", "alice", Password);
        var person = (await host.Get<People>().FindByLoginAsync("acme", "alice", TestContext.Current.CancellationToken))!;
        await host.Get<SignIns>().EndAllOfAsync(person.Id, TestContext.Current.CancellationToken);
        Assert.Equal("login_required", Browser.Answer(await browser.GetAsync(Browser.Authorize(more: ("prompt", "none"))))["error"]);
    }

    [Fact]
    public async Task A_client_of_one_tenant_gives_it_and_signs_nobody_else_in()
    {
        await ClientAsync("acme-app", [Browser.Callback], tenants: ["acme"]);
        var page = await browser.GetAsync(Browser.Sent(await browser.GetAsync(Browser.Authorize("acme-app")), HttpStatusCode.Redirect));
        Assert.DoesNotContain("name=\"tenant\"", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var sent = await browser.SendAsync(page, ("tenant", "other"), ("login", "alice"), ("password", Password));
        var code = Browser.Answer(await browser.GetAsync(Browser.Sent(sent, HttpStatusCode.SeeOther)))["code"];
        Assert.Equal("acme", AuthHost.Decode((await browser.RedeemAsync(code, "acme-app")).Text("access_token")).Text("TENANT"));

        using var stranger = new Browser(host);
        await stranger.SignInAsync(Browser.Authorize(), "other", "alice", Password);
        Assert.Equal("login_required", Browser.Answer(await stranger.GetAsync(Browser.Authorize("acme-app", more: ("prompt", "none"))))["error"]);
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_as_everywhere()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var page = await browser.GetAsync("/connect/sign-in");
            var wrong = await browser.SendAsync(page, ("tenant", "acme"), ("login", "alice"), ("password", "wrong"));
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Contains("Tenant, login or password is wrong.", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        var locked = await browser.SendAsync(await browser.GetAsync("/connect/sign-in"), ("tenant", "acme"), ("login", "alice"), ("password", Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.NotNull(locked.Headers.RetryAfter);
        await host.GivenClientOfPeopleAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await host.SignInAsync("acme", "alice", Password)).StatusCode);
    }

    private Task<bool> ClientAsync(string id, string[] addresses, bool native = false, string? name = null, string[]? leave = null, string[]? tenants = null) =>
        host.Get<Partners>().TryCreateAsync(new NewPartner(id, null, [Grant.AuthorizationCode], tenants ?? [], [])
        {
            Name = name,
            Native = native,
            RedirectUris = addresses,
            PostLogoutRedirectUris = leave ?? [],
        }, default);
}
