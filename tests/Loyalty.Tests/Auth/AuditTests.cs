using System.Net;
using System.Text.Json;
using Loyalty.Auth;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Auth;

/// <summary>Whatever is managed stands in the log of the tenant, from inside and from outside.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private static readonly string[] OtherOnly = ["other"];
    private AuthHost host = null!;
    private string su = "";
    private string admin = "";

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        admin = await host.TokenOfAdministratorAsync();
        await host.GivenPersonAsync("acme", "root", "correct horse", Roles.Su);
        await host.GivenPersonAsync("other", "root", "correct horse", Roles.Su);
        su = await host.TokenOfPersonAsync("acme", "root", "correct horse");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task What_is_done_to_people_is_told_without_anything_personal()
    {
        var made = await AuthHost.JsonAsync(await SendAsync(su, HttpMethod.Post, "user", new { login = "bob", firstName = "Robert", phone = "123", roles = new[] { Roles.Loyalty } }));
        var path = $"user/{made.Text("id")}";
        await SendAsync(su, HttpMethod.Put, path, new { firstName = "Rupert", lastName = "Smith", roles = new[] { Roles.LoyaltyStats }, active = false });
        await SendAsync(su, HttpMethod.Post, $"{path}/password", new { });
        var listed = await ListAsync(su);
        Assert.Equal(["user.password", "user.change", "user.create"], Actions(listed));
        Assert.All(listed, entry => Assert.Equal(("root", "bob", "PERSON", false), (entry.Text("byLogin"), entry.Text("subjectLogin"), entry.Text("kind"), entry.GetProperty("outside").GetBoolean())));
        Assert.Equal(("ROLE_LOYALTY", "ROLE_LOYALTY_STATS"), Change(listed[1], "roles"));
        Assert.Equal(("true", "false"), Change(listed[1], "active"));
        Assert.Equal((null, null), Change(listed[1], "firstName"));

        await SendAsync(su, HttpMethod.Delete, path);
        listed = await ListAsync(su);
        Assert.Equal("user.delete", listed[0].Text("action"));
        Assert.All(listed, entry => Assert.False(entry.TryGetProperty("subjectLogin", out _)));
        var stored = (await host.Get<IMongoDatabase>().GetCollection<BsonDocument>("auth.audit").Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken)).ToJson();
        foreach (var personal in new[] { "bob", "Robert", "Rupert", "Smith", made.Text("id"), made.Text("password") })
            Assert.DoesNotContain(personal, stored, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whatever_is_done_to_a_tenant_from_outside_is_seen_by_its_own_administrator()
    {
        var till = new { id = "till-9", grants = new[] { "CLIENT_CREDENTIALS" }, tenants = new[] { "acme", "other" }, roles = new[] { Roles.Loyalty } };
        var secret = (await AuthHost.JsonAsync(await SendAsync(admin, HttpMethod.Post, "client", till))).Text("secret");
        await SendAsync(admin, HttpMethod.Put, "client/till-9", new { till.grants, tenants = OtherOnly, till.roles });
        await SendAsync(admin, HttpMethod.Post, "client/till-9/secret");
        await SendAsync(admin, HttpMethod.Put, "tenant/acme", new { name = "Acme!", timeZone = "Europe/Berlin", currency = "EUR", selfRegistration = true, guests = false });
        var reset = await AuthHost.JsonAsync(await SendAsync(admin, HttpMethod.Post, "tenant/acme/administrator", new { login = "intruder" }));
        var listed = await ListAsync(su);
        Assert.Equal(["tenant.administrator", "tenant.change", "client.change", "client.create"], Actions(listed));
        Assert.All(listed, entry => Assert.Equal(("ADMINISTRATOR", true, "admin"), (entry.Text("kind"), entry.GetProperty("outside").GetBoolean(), entry.Text("byLogin"))));
        Assert.Equal("intruder", listed[0].Text("subjectLogin"));
        Assert.Equal(("Europe/Warsaw", "Europe/Berlin"), Change(listed[1], "timeZone"));
        Assert.Equal(("acme", null), Change(listed[2], "tenants"));
        Assert.DoesNotContain("other", string.Concat(listed.Select(entry => entry.GetRawText())), StringComparison.Ordinal);

        var others = await ListAsync(await host.TokenOfPersonAsync("other", "root", "correct horse"));
        Assert.Equal(["client.secret", "client.change", "client.create"], Actions(others));
        var own = await ListAsync(admin);
        Assert.Equal(["tenant.administrator", "tenant.change", "client.secret", "client.change", "client.create"], Actions(own));
        var stored = (await host.Get<IMongoDatabase>().GetCollection<BsonDocument>("auth.audit").Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken)).ToJson();
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(reset.Text("password"), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_listed_in_both_dialects_and_filtered()
    {
        foreach (var login in new[] { "ann", "bob", "cid" })
            await SendAsync(su, HttpMethod.Post, "user", new { login });
        await SendAsync(admin, HttpMethod.Post, "tenant/acme/administrator", new { login = "dan" });
        var simple = await host.CallAsync("/api/operations/audit?filter=%7B%22action%22%3A%22user.create%22%7D&range=[0,1]&sort=[%22at%22,%22ASC%22]", su);
        Assert.Equal("audit 0-1/3", simple.Content.Headers.GetValues("Content-Range").Single());
        Assert.Equal(["ann", "bob"], (await AuthHost.JsonAsync(simple)).EnumerateArray().Select(entry => entry.Text("subjectLogin")));
        var plain = await host.CallAsync("/api/operations/audit?_start=1&_end=3&_sort=at&_order=DESC", su);
        Assert.Equal("4", plain.Headers.GetValues("X-Total-Count").Single());
        Assert.Equal(["cid", "bob"], (await AuthHost.JsonAsync(plain)).EnumerateArray().Select(entry => entry.Text("subjectLogin")));
        Assert.Equal(["tenant.administrator"], Actions(await ListAsync(su, "?outside=true")));
        Assert.Equal(3, (await ListAsync(su, "?outside=false&kind=PERSON")).Count);
        Assert.Empty(await ListAsync(su, "?from=2099-01-01"));
        Assert.Equal(4, (await ListAsync(su, "?to=2099-01-01T00:00:00Z")).Count);
        var id = (await ListAsync(su))[2].Text("id");
        Assert.Equal(id, Assert.Single(await ListAsync(su, $"?id={id}")).Text("id"));
        foreach (var wrong in new[] { "?nothing=1", "?from=yesterday", "?kind=GOD", "?sort=[\"by\",\"ASC\"]" })
            await AccessTests.ProblemAsync(await host.CallAsync($"/api/operations/audit{wrong}", su), HttpStatusCode.BadRequest, "bad_parameter");
    }

    [Fact]
    public async Task It_is_for_administrators_and_nobody_can_change_it()
    {
        await host.GivenPersonAsync("acme", "manager", "correct horse", Roles.Loyalty);
        var manager = await host.TokenOfPersonAsync("acme", "manager", "correct horse");
        Assert.Equal(HttpStatusCode.Forbidden, (await host.CallAsync("/api/operations/audit", manager)).StatusCode);
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.CallAsync("/api/operations/audit", su, null, method, new { })).StatusCode);
    }

    [Fact]
    public async Task A_tenants_administrator_lists_the_clients_that_may_enter_and_learns_nothing_of_other_tenants()
    {
        await host.GivenPartnerAsync("ours", ["acme"], Roles.Loyalty);
        await host.GivenPartnerAsync("shared", ["acme", "other"], Roles.LoyaltyEvent);
        await host.GivenPartnerAsync("theirs", ["other"], Roles.Su);
        await host.GivenPartnerAsync("nowhere", []);
        var answer = await host.CallAsync("/auth-api/api/tenant/acme/client", su);
        var listed = (await AuthHost.JsonAsync(answer)).EnumerateArray().ToArray();
        Assert.Equal(["app", "console", "ours", "scalar", "shared"], listed.Select(client => client.Text("id")));
        Assert.Equal("client 0-4/5", answer.Content.Headers.GetValues("Content-Range").Single());
        Assert.DoesNotContain("other", string.Concat(listed.Select(client => client.GetRawText())), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync("/auth-api/api/tenant/other/client", su)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/auth-api/api/tenant/other/client", admin)).StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string token, HttpMethod method, string path, object? body = null) =>
        SendCheckedAsync(token, method, $"/auth-api/api/{path}", body);

    private async Task<HttpResponseMessage> SendCheckedAsync(string token, HttpMethod method, string path, object? body)
    {
        var response = await host.CallAsync(path, token, null, method, body);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {await response.Content.ReadAsStringAsync()}");
        return response;
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string token, string query = "")
    {
        var response = await host.CallAsync($"/api/operations/audit{query}", token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await AuthHost.JsonAsync(response)).EnumerateArray()];
    }

    private static IEnumerable<string> Actions(IEnumerable<JsonElement> entries) => entries.Select(entry => entry.Text("action"));

    private static (string?, string?) Change(JsonElement entry, string field)
    {
        var change = entry.GetProperty("changes").EnumerateArray().Single(change => change.Text("field") == field);
        return (Optional("from"), Optional("to"));

        string? Optional(string name) => change.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
