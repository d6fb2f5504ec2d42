using System.Net;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>What only the deployment's own administrator manages: clients and tenants.</summary>
public sealed class DeploymentTests : IAsyncLifetime
{
    private AuthHost host = null!;
    private string admin = "";

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        admin = await host.TokenOfAdministratorAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_new_tenant_comes_with_an_administrator_who_may_change_it()
    {
        var made = await host.CallAsync("/auth-api/api/tenant", admin, null, HttpMethod.Post, new { id = "brand", name = "Brand" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var answer = await AuthHost.JsonAsync(made);
        var su = await host.TokenOfPersonAsync("brand", answer.Text("administrator"), answer.Text("administratorPassword"));
        var settings = new { name = "Brand!", timeZone = "Europe/Berlin", currency = "EUR", selfRegistration = true, guests = false };
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/auth-api/api/tenant/brand", su, null, HttpMethod.Put, settings)).StatusCode);
        Assert.Equal("Europe/Berlin", (await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/tenant/brand", su))).Text("timeZone"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync("/auth-api/api/tenant/system", su)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync("/auth-api/api/tenant/system", su, null, HttpMethod.Put, settings)).StatusCode);
        await AccessTests.ProblemAsync(await host.CallAsync("/auth-api/api/tenant", su), HttpStatusCode.Forbidden, "administrator_required");
        var again = await host.CallAsync("/auth-api/api/tenant", admin, null, HttpMethod.Post, new { id = "brand", name = "Brand" });
        await AccessTests.ProblemAsync(again, HttpStatusCode.Conflict, "tenant_exists");
    }

    [Theory]
    [InlineData("no", "Europe/Warsaw", "PLN", "id")]
    [InlineData("brand", "Mars/Olympus", "PLN", "timeZone")]
    [InlineData("brand", "Europe/Warsaw", "zloty", "currency")]
    public async Task A_tenant_that_cannot_be_is_refused_by_name(string id, string timeZone, string currency, string field)
    {
        var response = await host.CallAsync("/auth-api/api/tenant", admin, null, HttpMethod.Post, new { id, name = "Brand", timeZone, currency });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True((await AuthHost.JsonAsync(response)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task The_administrator_of_a_tenant_is_let_in_again()
    {
        await host.GivenPersonAsync("brand", "admin", "correct horse");
        var reset = await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/tenant/brand/administrator", admin, null, HttpMethod.Post, new { }));
        var su = await host.TokenOfPersonAsync("brand", "admin", reset.Text("password"));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/auth-api/api/user", su)).StatusCode);
    }

    [Fact]
    public async Task A_client_gets_a_secret_that_is_shown_once_and_what_it_may_do_changes_at_once()
    {
        await host.GivenPersonAsync("brand", "root", "correct horse", Roles.Su);
        await host.GivenPersonAsync("other", "root", "correct horse", Roles.Su);
        var request = new { id = "till-1", name = "Till", grants = new[] { "CLIENT_CREDENTIALS" }, tenants = new[] { "brand" }, roles = new[] { Roles.Loyalty } };
        var made = await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/client", admin, null, HttpMethod.Post, request));
        var token = await TokenAsync(made.Text("secret"));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", token)).StatusCode);
        var read = await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/client/till-1", admin));
        Assert.False(read.TryGetProperty("secret", out _));

        var change = new { grants = new[] { "CLIENT_CREDENTIALS" }, tenants = new[] { "other" }, roles = new[] { Roles.Loyalty } };
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/auth-api/api/client/till-1", admin, null, HttpMethod.Put, change)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/accounts", token)).StatusCode);
        token = await TokenAsync(made.Text("secret"));
        await AccessTests.ProblemAsync(await host.CallAsync("/api/accounts", token, "brand"), HttpStatusCode.Forbidden, "foreign_tenant");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", token, "other")).StatusCode);

        var reset = await AuthHost.JsonAsync(await host.CallAsync("/auth-api/api/client/till-1/secret", admin, null, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(made.Text("secret"))).StatusCode);
        token = await TokenAsync(reset.Text("secret"));
        Assert.Equal(HttpStatusCode.NoContent, (await host.CallAsync("/auth-api/api/client/till-1", admin, null, HttpMethod.Delete)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/accounts", token, "other")).StatusCode);
    }

    [Fact]
    public async Task A_client_names_tenants_that_exist()
    {
        var request = new { id = "till-1", grants = new[] { "CLIENT_CREDENTIALS" }, tenants = new[] { "nowhere" } };
        var response = await host.CallAsync("/auth-api/api/client", admin, null, HttpMethod.Post, request);
        await AccessTests.ProblemAsync(response, HttpStatusCode.BadRequest, "validation");
    }

    private Task<HttpResponseMessage> AskAsync(string secret) =>
        host.AskTokenAsync("/connect/token", null, $"till-1:{secret}", ("grant_type", "client_credentials"));

    private async Task<string> TokenAsync(string secret) => (await AuthHost.JsonAsync(await AskAsync(secret))).Text("access_token");
}
