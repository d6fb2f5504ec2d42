using System.Net;
using Loyalty.Auth;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Loyalty.Tests.Auth;

public sealed class AccessTests : IAsyncLifetime
{
    private AuthHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        await host.GivenClientOfPeopleAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsIlRFTkFOVCI6ImFjbWUiLCJVVUlEIjoieCJ9.")]
    public async Task A_call_without_a_valid_token_is_a_401_that_says_so(string? token)
    {
        var response = await host.CallAsync("/api/accounts", token);
        await ProblemAsync(response, HttpStatusCode.Unauthorized, "token_required");
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_missing_is_a_403()
    {
        await host.GivenPersonAsync("acme", "till", "correct horse", Roles.LoyaltyEvent);
        await host.GivenPersonAsync("acme", "manager", "correct horse", Roles.Loyalty);
        await host.GivenPersonAsync("acme", "root", "correct horse", Roles.Su);
        await ProblemAsync(await host.CallAsync("/api/accounts", await host.TokenOfPersonAsync("acme", "till", "correct horse")), HttpStatusCode.Forbidden, "role_required");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", await host.TokenOfPersonAsync("acme", "manager", "correct horse"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", await host.TokenOfPersonAsync("acme", "root", "correct horse"))).StatusCode);
    }

    [Fact]
    public async Task A_person_stays_in_their_tenant()
    {
        await host.GivenPersonAsync("acme", "manager", "correct horse", Roles.Loyalty);
        var token = await host.TokenOfPersonAsync("acme", "manager", "correct horse");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/loyalty-api/api/accounts", token, "acme")).StatusCode);
        await ProblemAsync(await host.CallAsync("/api/accounts", token, "other"), HttpStatusCode.Forbidden, "foreign_tenant");
        await ProblemAsync(await host.CallAsync("/api/accounts", token, "a b"), HttpStatusCode.BadRequest, "validation");
    }

    [Fact]
    public async Task A_partner_names_one_of_its_tenants()
    {
        await host.GivenPartnerAsync("one", ["acme"], Roles.Loyalty);
        await host.GivenPartnerAsync("two", ["acme", "cafe"], Roles.Loyalty);
        var (one, two) = (await host.TokenOfPartnerAsync("one"), await host.TokenOfPartnerAsync("two"));
        Assert.Equal("acme", (await AuthHost.JsonAsync(await host.CallAsync("/api/accounts", one))).Text("tenant"));
        Assert.Equal("cafe", (await AuthHost.JsonAsync(await host.CallAsync("/api/accounts", two, "cafe"))).Text("tenant"));
        await ProblemAsync(await host.CallAsync("/api/accounts", one, "cafe"), HttpStatusCode.Forbidden, "foreign_tenant");
        await ProblemAsync(await host.CallAsync("/api/accounts", two), HttpStatusCode.BadRequest, "tenant_required");
    }

    [Fact]
    public async Task What_is_for_people_refuses_a_client_token()
    {
        await host.GivenPartnerAsync("one", ["acme"], Roles.Su);
        var token = await host.TokenOfPartnerAsync("one");
        await ProblemAsync(await host.CallAsync("/api/campaigns", token), HttpStatusCode.Forbidden, "person_required");
        await ProblemAsync(await host.CallAsync("/api/my", token), HttpStatusCode.Forbidden, "person_required");
    }

    [Fact]
    public async Task An_open_route_asks_nobody() =>
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/open", null)).StatusCode);

    [Fact]
    public async Task A_route_without_a_rule_keeps_the_host_from_starting()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => AuthHost.StartAsync<ForgottenRule>(null, null));
        Assert.Contains("/api/forgotten", error.Message, StringComparison.Ordinal);
    }

    internal static async Task ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (await AuthHost.JsonAsync(response)).Text("code"));
    }

    [DependsOn(typeof(AuthModule))]
    private sealed class ForgottenRule : AppModule
    {
        public override void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapGet("/api/forgotten", () => "oops");
    }
}
