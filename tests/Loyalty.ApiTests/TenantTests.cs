namespace Loyalty.ApiTests;

public sealed class TenantTests(SharedHost host)
{
    [Fact]
    public async Task A_partner_of_several_tenants_names_one_and_nothing_crosses()
    {
        var (tenant, client, member) = (Unique.Id("brand"), Unique.Id("partner"), Unique.Id("member"));
        const string Secret = "a-secret-of-the-partner";
        using var administrator = await host.AsAdministratorAsync();
        await administrator.PostJsonAsync("auth-api/api/tenant", $$"""{ "id": "{{tenant}}", "name": "Another brand" }""", status: 201);
        await administrator.PostJsonAsync(
            "auth-api/api/client",
            $$"""{ "id": "{{client}}", "secret": "{{Secret}}", "grants": ["CLIENT_CREDENTIALS"], "tenants": ["demo", "{{tenant}}"], "roles": ["ROLE_LOYALTY"] }""",
            status: 201);
        using var partner = await host.Tokens.ClientAsync(host.Tokens.OfPartnerAsync(client, Secret));
        var batch = Orders.Batch(Orders.Event(Unique.Id("order"), member));

        Assert.Equal("tenant_required", (await partner.PostJsonAsync("api/event", batch, status: 400)).Text("code"));

        partner.DefaultRequestHeaders.Add("x-tenant", tenant);
        Assert.Equal("APPLIED", (await partner.PostJsonAsync("api/event", batch))[0].Text("status"));
        await partner.GetJsonAsync($"api/account/{member}");

        using var demo = await host.AsPartnerAsync();
        await demo.GetJsonAsync($"api/account/{member}", status: 404);
        using var manager = await host.AsManagerAsync();
        await manager.GetJsonAsync($"api/account/{member}", status: 404);
    }
}
