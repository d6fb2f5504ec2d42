using System.Net;
using System.Text.Json;
using Loyalty.Auth;

namespace Loyalty.Tests.Auth;

/// <summary>A tenant is deleted when it is asked for twice; then nobody gets in, and everything of it is removed.</summary>
public sealed class TenantDeletionTests : IAsyncLifetime
{
    private const string Path = "/auth-api/api/tenant/brand";
    private AuthHost host = null!;
    private string admin = "";
    private string su = "";

    public async ValueTask InitializeAsync()
    {
        host = await AuthHost.StartAsync();
        admin = await host.TokenOfAdministratorAsync();
        await host.GivenPersonAsync("brand", "root", "correct horse", Roles.Su);
        await host.GivenPersonAsync("other", "root", "correct horse", Roles.Su);
        await host.GivenPartnerAsync("ours", ["brand"], Roles.Loyalty);
        await host.GivenPartnerAsync("shared", ["brand", "other"], Roles.Loyalty);
        su = await host.TokenOfPersonAsync("brand", "root", "correct horse");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_is_asked_for_twice_the_second_time_by_its_id()
    {
        await AccessTests.ProblemAsync(await DeleteAsync(new { id = "brand" }), HttpStatusCode.Conflict, "deletion_not_asked");
        var asked = await DeleteAsync(null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        Assert.True((await AuthHost.JsonAsync(asked)).TryGetProperty("confirmBefore", out _));
        await AccessTests.ProblemAsync(await DeleteAsync(new { id = "other" }), HttpStatusCode.BadRequest, "validation");
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/my", su)).StatusCode);
        await AccessTests.ProblemAsync(await host.CallAsync(Path, su, null, HttpMethod.Delete), HttpStatusCode.Forbidden, "administrator_required");
        await AccessTests.ProblemAsync(await host.CallAsync("/auth-api/api/tenant/system", admin, null, HttpMethod.Delete), HttpStatusCode.Conflict, "tenant_system");
    }

    [Fact]
    public async Task It_is_closed_at_once_and_its_removal_goes_on_after_a_failure_and_ends_with_a_receipt()
    {
        var (ours, shared) = (await host.TokenOfPartnerAsync("ours"), await host.TokenOfPartnerAsync("shared"));
        host.Get<Heard>().Failing = 1;
        await DeleteAsync(null);
        Assert.Equal(HttpStatusCode.Accepted, (await DeleteAsync(new { id = "brand" })).StatusCode);
        foreach (var (token, tenant) in new[] { (su, "brand"), (ours, "brand"), (shared, "brand") })
            Assert.Equal(HttpStatusCode.Unauthorized, (await host.CallAsync("/api/accounts", token, tenant)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.SignInAsync("brand", "root", "correct horse")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync("/api/accounts", await host.TokenOfPartnerAsync("shared"), "other")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.AskTokenAsync("/connect/token", null, "ours:ours-secret-of-tests", ("grant_type", "client_credentials"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.CallAsync(Path, admin)).StatusCode);

        await AuthHost.EventuallyAsync(() => Task.FromResult(host.Get<Heard>().Of<TenantDeleted>() is [var first, ..] ? first : null));
        var again = new { id = "brand", name = "Again" };
        await AccessTests.ProblemAsync(await host.CallAsync("/auth-api/api/tenant", admin, null, HttpMethod.Post, again), HttpStatusCode.Conflict, "tenant_being_deleted");
        var receipt = await AuthHost.EventuallyAsync(async () =>
        {
            host.Get<TenantRemoval>().Wake();
            return await AuthHost.JsonAsync(await host.CallAsync($"{Path}/deletion", admin)) is var answer && answer.TryGetProperty("removed", out _) ? (object)answer : null;
        });
        Assert.Equal(3, ((JsonElement)receipt).GetProperty("removed").GetProperty("things").GetInt32());
        Assert.Equal(HttpStatusCode.Created, (await host.CallAsync("/auth-api/api/tenant", admin, null, HttpMethod.Post, again)).StatusCode);
        var log = await AuthHost.JsonAsync(await host.CallAsync("/api/operations/audit?action=tenant.delete", admin));
        Assert.Equal("brand", Assert.Single(log.EnumerateArray()).Text("subject"));
    }

    private Task<HttpResponseMessage> DeleteAsync(object? body) => host.CallAsync(Path, admin, null, HttpMethod.Delete, body);
}
