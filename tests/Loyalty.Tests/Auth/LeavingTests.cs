using System.Net;
using System.Text.Json;
using Loyalty.Auth;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

/// <summary>What members do about themselves: change, leave, come back, set a forgotten password anew.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private const string Me = "/auth-api/api/me";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private AuthHost host = null!;
    private Person alice = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync<AuthTestModule>(null, time, ("Auth:Issuer", "https://loyalty.example.com/"));
        await host.GivenClientOfPeopleAsync();
        alice = await host.GivenPersonAsync("acme", "alice@acme", "correct horse");
        token = await host.TokenOfPersonAsync("acme", "alice@acme", "correct horse");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_member_changes_their_own_data_and_the_modules_hear_of_it()
    {
        var changed = await SendAsync(HttpMethod.Post, Me, """{"firstName":"Alice","phone":"600 100 200","pushId":"p1"}""");
        Assert.Equal("true", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await SendAsync(HttpMethod.Post, Me, """{"phone":null,"lastName":"Nowak"}""");
        var me = await AuthHost.JsonAsync(await host.CallAsync(Me, token));
        Assert.Equal(("Alice", "Nowak", "p1", alice.Id), (me.Text("firstName"), me.Text("lastName"), me.Text("pushId"), me.Text("UUID")));
        Assert.False(me.TryGetProperty("phone", out _));
        var heard = host.Get<Heard>().Of<PersonChanged>();
        Assert.Equal(("600 100 200", true, false), (heard[0].Phone.Value, heard[0].FirstName.IsGiven, heard[0].LastName.IsGiven));
        Assert.Equal((null, true, false), (heard[1].Phone.Value, heard[1].Phone.IsGiven, heard[1].FirstName.IsGiven));
        Assert.Equal(time.GetUtcNow().ToUnixTimeSeconds(), heard[0].TokenIssuedAt!.Value.ToUnixTimeSeconds());
        await AccessTests.ProblemAsync(await SendAsync(HttpMethod.Post, Me, $$"""{"phone":"{{new string('1', 33)}}"}"""), HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task Who_leaves_is_suspended_at_once_can_come_back_and_is_erased_when_the_grace_is_over()
    {
        await AccessTests.ProblemAsync(await LeaveAsync("somebody"), HttpStatusCode.BadRequest, "validation");
        var left = await AuthHost.JsonAsync(await LeaveAsync("ALICE@acme"));
        Assert.Equal(time.GetUtcNow().AddDays(7), left.GetProperty("deleteAfter").GetDateTimeOffset());
        await AccessTests.ProblemAsync(await host.CallAsync("/api/my", token), HttpStatusCode.Forbidden, "suspended");
        await AccessTests.ProblemAsync(await SendAsync(HttpMethod.Post, Me, "{}"), HttpStatusCode.Forbidden, "suspended");
        Assert.Equal(left.Text("deleteAfter"), (await AuthHost.JsonAsync(await host.CallAsync(Me, token))).Text("deleteAfter"));
        Assert.Equal(left.Text("deleteAfter"), (await AuthHost.JsonAsync(await LeaveAsync("alice@acme"))).Text("deleteAfter"));

        var back = await SendAsync(HttpMethod.Post, $"{Me}/restore", """{"set":["push"],"unset":["contact"]}""");
        Assert.Equal("true", await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", token)).StatusCode);
        var restored = Assert.Single(host.Get<Heard>().Of<PersonRestored>());
        Assert.Equal(("push", "contact"), (restored.SetConsents.Single(), restored.UnsetConsents.Single()));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, $"{Me}/restore", null)).StatusCode);

        await LeaveAsync("alice@acme");
        time.Advance(TimeSpan.FromDays(6.9));
        await host.Get<DueLeavers>().RunAsync(TestContext.Current.CancellationToken);
        var again = await AuthHost.JsonAsync(await host.SignInAsync("acme", "alice@acme", "correct horse"));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(Me, again.Text("access_token"))).StatusCode);
        time.Advance(TimeSpan.FromDays(0.2));
        await host.Get<DueLeavers>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Contains(host.Get<Heard>().Of<PersonLeft>(), left => left.PersonId == alice.Id);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("acme", "alice@acme", "correct horse")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(again.Text("refresh_token"))).StatusCode);
    }

    [Fact]
    public async Task Where_there_is_no_grace_everything_is_erased_and_the_answer_is_true()
    {
        await host.Get<Tenants>().TryCreateAsync(new Tenant("quick", "Quick") { ErasureGrace = "P0D" }, TestContext.Current.CancellationToken);
        var bob = await host.GivenPersonAsync("quick", "bob-the-leaver", "correct horse");
        var signedIn = await AuthHost.JsonAsync(await host.SignInAsync("quick", "bob-the-leaver", "correct horse"));
        using var browser = new Browser(host);
        token = signedIn.Text("access_token");
        Assert.Equal("true", await (await LeaveAsync("bob-the-leaver")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(Me, token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.RefreshAsync(signedIn.Text("refresh_token"))).StatusCode);
        Assert.Contains(host.Get<Heard>().Of<PersonLeft>(), left => left.PersonId == bob.Id);
        var database = host.Get<IMongoDatabase>();
        foreach (var name in await (await database.ListCollectionNamesAsync(cancellationToken: TestContext.Current.CancellationToken)).ToListAsync(TestContext.Current.CancellationToken))
        {
            var everything = (await database.GetCollection<BsonDocument>(name).Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken)).ToJson();
            Assert.DoesNotContain(bob.Id, everything, StringComparison.Ordinal);
            Assert.DoesNotContain("bob-the-leaver", everything, StringComparison.Ordinal);
            Assert.DoesNotContain(bob.Handle!, everything, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_module_that_fails_to_hear_it_hears_it_again_before_the_person_is_gone()
    {
        await LeaveAsync("alice@acme");
        host.Get<Heard>().Failing = 1;
        time.Advance(TimeSpan.FromDays(8));
        // Note: the host's own upkeep may be at it in the same moment.
        for (var round = 0; round < 3; round++)
            await Record.ExceptionAsync(() => host.Get<DueLeavers>().RunAsync(TestContext.Current.CancellationToken));
        Assert.Null(await host.Get<People>().FindAsync("acme", alice.Id, TestContext.Current.CancellationToken));
        Assert.InRange(host.Get<Heard>().Of<PersonLeft>().Count, 2, 10);
    }

    [Fact]
    public async Task Staff_do_not_leave_by_themselves()
    {
        await host.GivenPersonAsync("acme", "root", "correct horse", Roles.Su);
        token = await host.TokenOfPersonAsync("acme", "root", "correct horse");
        await AccessTests.ProblemAsync(await LeaveAsync("root"), HttpStatusCode.Conflict, "staff");
    }

    [Fact]
    public async Task A_forgotten_password_is_answered_alike_for_everybody_and_its_link_goes_to_the_modules_and_is_good_once()
    {
        var answers = new List<(HttpStatusCode, string, string)>();
        foreach (var (tenant, login) in new[] { ("acme", "alice@acme"), ("acme", "nobody"), ("nowhere", "alice@acme") })
        {
            var response = await host.CallAsync("/auth-api/api/password/forgotten", null, tenant, HttpMethod.Post, new { login });
            answers.Add((response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), string.Join(',', response.Headers.Select(header => header.Key).Order())));
        }
        Assert.Equal(HttpStatusCode.Accepted, Assert.Single(answers.Distinct()).Item1);
        var heard = await AuthHost.EventuallyAsync(() => Task.FromResult(host.Get<Heard>().Of<PasswordForgotten>().SingleOrDefault()));
        Assert.Equal(("acme", alice.Id, "alice@acme"), (heard.Tenant, heard.PersonId, heard.Login));
        Assert.StartsWith("https://loyalty.example.com/connect/password?token=", heard.Link, StringComparison.Ordinal);
        var stored = (await host.Get<IMongoDatabase>().GetCollection<BsonDocument>("auth.passwordLinks").Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken)).ToJson();
        Assert.DoesNotContain(heard.Link.Split('=')[1], stored, StringComparison.Ordinal);

        using var browser = new Browser(host);
        var path = new Uri(heard.Link).PathAndQuery;
        foreach (var wrong in new[] { "short", "password123", "alice@acme" })
            Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(await browser.GetAsync(path), ("password", wrong))).StatusCode);
        var page = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(page, ("password", "battery staple"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(page, ("password", "another staple"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync(Me, token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.SignInAsync("acme", "alice@acme", "battery staple")).StatusCode);
    }

    [Fact]
    public async Task A_link_runs_out_and_nobody_gets_more_than_three_at_once()
    {
        for (var round = 0; round < 6; round++)
            await host.CallAsync("/auth-api/api/password/forgotten", null, "acme", HttpMethod.Post, new { login = "alice@acme" });
        await host.GivenPersonAsync("acme", "last", "correct horse");
        await host.CallAsync("/auth-api/api/password/forgotten", null, "acme", HttpMethod.Post, new { login = "last" });
        await AuthHost.EventuallyAsync(() => Task.FromResult(host.Get<Heard>().Of<PasswordForgotten>().SingleOrDefault(link => link.Login == "last")));
        var links = host.Get<Heard>().Of<PasswordForgotten>().Where(link => link.Login == "alice@acme").ToArray();
        Assert.Equal(3, links.Length);
        time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Http.GetAsync(new Uri(links[0].Link).PathAndQuery, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_link_does_not_lead_to_whatever_host_the_caller_names()
    {
        await using var unnamed = await AuthHost.StartAsync();
        await unnamed.GivenPersonAsync("acme", "alice", "correct horse");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth-api/api/password/forgotten") { Content = System.Net.Http.Json.JsonContent.Create(new { login = "alice" }) };
        request.Headers.Host = "evil.com";
        request.Headers.TryAddWithoutValidation("x-tenant", "acme");
        await unnamed.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var heard = await AuthHost.EventuallyAsync(() => Task.FromResult(unnamed.Get<Heard>().Of<PasswordForgotten>().SingleOrDefault()));
        Assert.StartsWith("/connect/password?token=", heard.Link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_given_at_registration_is_told_with_the_first_sign_in()
    {
        await host.Get<Tenants>().TryCreateAsync(new Tenant("club", "Club", SelfRegistration: true), TestContext.Current.CancellationToken);
        var body = new { login = "new-member", password = "correct horse", firstName = "Nina", phone = "600", email = "nina@example.com" };
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync("/auth-api/api/register", null, "club", HttpMethod.Post, body)).StatusCode);
        await host.SignInAsync("club", "new-member", "correct horse");
        var heard = Assert.Single(SignInsHeard.Heard.ToArray(), heard => heard.Tenant == "club" && heard.Email == "nina@example.com");
        Assert.Equal(("Nina", "600"), (heard.FirstName, heard.Phone));
    }

    private Task<HttpResponseMessage> LeaveAsync(string login) => SendAsync(HttpMethod.Delete, Me, JsonSerializer.Serialize(new { login }));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        return await host.Http.SendAsync(request);
    }
}
