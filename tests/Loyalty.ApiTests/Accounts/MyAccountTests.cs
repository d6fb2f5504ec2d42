namespace Loyalty.ApiTests.Accounts;

/// <summary>What a person may say of themselves.</summary>
public sealed class MyAccountTests(SharedHost host)
{
    [Fact]
    public async Task A_profile_field_that_is_absent_stays_and_null_clears_it()
    {
        using var alice = await host.AsMemberAsync();
        await alice.PutJsonAsync("api/my/profile", """{ "firstName": "Alice", "lastName": "Liddell", "birthdate": "1992-05-04", "sex": "FEMALE" }""");
        var changed = (await alice.PutJsonAsync("api/my/profile", """{ "lastName": null, "firstName": "Al" }""")).GetProperty("header");
        Assert.Equal(("Al", "1992-05-04", "FEMALE"), (changed.Text("firstName"), changed.Text("birthdate"), changed.Text("sex")));
        Assert.False(changed.TryGetProperty("lastName", out _));
    }

    [Theory]
    [InlineData("api/my/profile", """{ "birthdate": "1492-01-01" }""", "birthdate")]
    [InlineData("api/my/profile", """{ "sex": "YES" }""", "sex")]
    [InlineData("api/my/profile", """{ "firstName": 7 }""", "firstName")]
    [InlineData("api/my/properties", """{ "properties": { "vip": "yes" } }""", "properties[0]")]
    [InlineData("api/my/properties", """{ "addTags": ["my_dog", "vip"] }""", "addTags[1]")]
    public async Task What_a_person_may_not_say_is_refused_by_the_name_of_the_field(string path, string body, string field)
    {
        using var alice = await host.AsMemberAsync();
        var problem = await alice.PutJsonAsync(path, body, 400);
        Assert.Contains(field, problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Properties_and_tags_of_ones_own_are_set_and_removed()
    {
        using var alice = await host.AsMemberAsync();
        await alice.PutJsonAsync("api/my/properties", """{ "properties": { "my_dog": "Rex", "my_cat": "Tom" }, "addTags": ["my_pets"] }""");
        var account = await alice.PutJsonAsync("api/my/properties", """{ "properties": { "my_cat": null }, "removeTags": ["my_none"] }""");
        Assert.Equal("Rex", account.GetProperty("properties").Text("my_dog"));
        Assert.False(account.GetProperty("properties").TryGetProperty("my_cat", out _));
        Assert.Contains("my_pets", account.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
    }

    [Fact]
    public async Task A_partner_has_no_account_of_its_own()
    {
        using var partner = await host.AsPartnerAsync();
        await partner.GetJsonAsync("api/my/account", 403);
        using var nobody = host.Anonymous();
        await nobody.GetJsonAsync("api/my", 401);
    }

    [Fact]
    public async Task Important_tags_are_those_that_the_tenant_names()
    {
        var (id, tag) = (Unique.Id("tagged"), Unique.Id("vip"));
        using var manager = await host.AsManagerAsync();
        await manager.PutJsonAsync("auth-api/api/tenant/demo/loyalty", $$"""{ "importantTags": ["{{tag}}"] }""");
        await manager.PostJsonAsync("api/event", $$"""[{ "event": "PROPERTIES", "account": "{{id}}", "addTags": ["{{tag}}", "other"] }]""");
        var account = await manager.GetJsonAsync($"api/account/{id}");
        Assert.Equal([tag], account.GetProperty("importantTags").EnumerateArray().Select(important => important.GetString()));
        await manager.GetJsonAsync("auth-api/api/tenant/somewhere-else/loyalty", 404);
    }
}
