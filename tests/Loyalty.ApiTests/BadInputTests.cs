using System.Net.Http.Headers;
using System.Text.Json;

namespace Loyalty.ApiTests;

public sealed class BadInputTests(SharedHost host)
{
    private const string Good = """{ "id": "s", "type": "MESSAGE", "title": "t", "message": "m" }""";

    [Theory]
    [InlineData("{", "malformed_json", "$")]
    [InlineData("""{ "name": 5 }""", "malformed_json", "name")]
    [InlineData("""{ "states": [{ "id": "s", "type": "NONSENSE" }] }""", "malformed_json", "states[0]")]
    [InlineData("""{ "states": [{ "id": "s" }] }""", "malformed_json", "states[0]")]
    [InlineData("""{ "name": "ab" }""", "validation", "name")]
    [InlineData("""{ "states": [] }""", "validation", "states")]
    [InlineData("""{ "states": [null] }""", "validation", "states[0]")]
    [InlineData("""{ "constraints": [] }""", "validation", "constraints")]
    [InlineData("""{ "constraints": [null] }""", "validation", "constraints[0]")]
    [InlineData("""{ "notifications": [null] }""", "validation", "notifications[0]")]
    [InlineData("""{ "constraints": [{ "field": "shoe.size", "op": "EQ", "value": ["1"] }] }""", "validation", "constraints[0].field")]
    [InlineData("""{ "constraints": [{ "field": "counters.orders", "op": "GTE", "value": ["many"] }] }""", "validation", "constraints[0].value")]
    public async Task A_campaign_that_is_wrong_is_refused_by_the_name_of_the_field_and_not_saved(string wrong, string code, string field)
    {
        var id = Unique.Id("bad");
        using var partner = await host.AsPartnerAsync();

        var problem = await partner.PutJsonAsync($"api/campaign/{id}", Spoil(id, wrong), status: 400);

        Assert.Equal(code, problem.Text("code"));
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), error => error.Name.StartsWith(field, StringComparison.Ordinal));
        await partner.GetJsonAsync($"api/campaign/{id}", status: 404);
    }

    [Fact]
    public async Task An_id_in_the_body_that_differs_from_the_one_in_the_path_is_refused()
    {
        using var partner = await host.AsPartnerAsync();

        await partner.PutJsonAsync($"api/campaign/{Unique.Id("one")}", Spoil(Unique.Id("two"), "{}"), status: 400);
    }

    [Theory]
    [InlineData("{}"), InlineData("[]"), InlineData("5"), InlineData("[{"), InlineData("")]
    public async Task Events_that_are_no_list_are_refused(string body)
    {
        using var partner = await host.AsPartnerAsync();

        var problem = await partner.PostJsonAsync("api/event", body, status: 400);

        Assert.NotEmpty(problem.Text("code"));
    }

    [Fact]
    public async Task One_bad_event_never_spoils_its_neighbours()
    {
        var good = Unique.Id("good");
        using var partner = await host.AsPartnerAsync();

        var outcomes = await partner.PostJsonAsync("api/event", Orders.Batch(
            """{ "event": "NONSENSE", "account": "someone" }""",
            Orders.Event(Unique.Id("order"), good),
            """{ "event": "ORDER", "order": { "id": 5 } }""",
            """{ "event": "PROPERTIES", "account": "a b", "properties": {} }""",
            "17"));

        Assert.Equal(["REJECTED", "APPLIED", "REJECTED", "REJECTED", "REJECTED"], outcomes.EnumerateArray().Select(outcome => outcome.Text("status")));
        Assert.All(outcomes.EnumerateArray().Where(outcome => outcome.Text("status") == "REJECTED"), AssertNamesTheField);
        await partner.GetJsonAsync($"api/account/{good}");
    }

    [Theory]
    [InlineData("api/account/me"), InlineData("api/my/account"), InlineData("api/campaign/any"), InlineData("api/stats/campaign?name=any")]
    public async Task Without_a_token_nothing_is_answered(string path)
    {
        using var nobody = host.Anonymous();
        Assert.NotEmpty((await nobody.GetJsonAsync(path, status: 401)).Text("code"));

        nobody.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "made-up");
        Assert.NotEmpty((await nobody.GetJsonAsync(path, status: 401)).Text("code"));
    }

    [Fact]
    public async Task Another_tenant_is_refused_and_learns_nothing()
    {
        var id = Unique.Id("foreign");
        using var partner = await host.AsPartnerAsync();
        partner.DefaultRequestHeaders.Add("x-tenant", "another-brand");

        Assert.NotEmpty((await partner.PutJsonAsync($"api/campaign/{id}", Spoil(id, "{}"), status: 403)).Text("code"));
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event(Unique.Id("order"), Unique.Id("someone"))), status: 403);

        partner.DefaultRequestHeaders.Remove("x-tenant");
        await partner.GetJsonAsync($"api/campaign/{id}", status: 404);
    }

    [Fact]
    public async Task The_wrong_role_is_refused_and_nothing_is_written()
    {
        var (id, someone) = (Unique.Id("denied"), Unique.Id("someone"));
        using var alice = await host.AsMemberAsync();
        using var partner = await host.AsPartnerAsync();

        await alice.PutJsonAsync($"api/campaign/{id}", Spoil(id, "{}"), status: 403);
        await alice.PostJsonAsync("api/event", Orders.Batch(Orders.Event(Unique.Id("order"), someone)), status: 403);
        await alice.GetJsonAsync($"api/account/{someone}", status: 403);
        await partner.GetJsonAsync("api/my/account", status: 403);

        await partner.GetJsonAsync($"api/campaign/{id}", status: 404);
        await partner.GetJsonAsync($"api/account/{someone}", status: 404);
    }

    [Theory]
    [InlineData("api/account/a%20b", "account")]
    [InlineData("api/account/ab", "account")]
    [InlineData("api/account/coupon/verify?account=someone", "coupon")]
    [InlineData("api/account/coupon/verify?account=someone&coupon=%20", "coupon")]
    [InlineData("api/account/coupon/verify?account=someone&coupon=abc&lock=perhaps", "lock")]
    [InlineData("api/stats/campaign?name=a%20b", "name")]
    [InlineData("api/stats/campaign?name=abc&from=yesterday", "from")]
    public async Task A_parameter_out_of_its_bounds_is_named(string path, string field)
    {
        using var partner = await host.AsPartnerAsync();

        var problem = await partner.GetJsonAsync(path, status: 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    /// <summary>A good campaign, with the properties of <paramref name="wrong"/> put over its own.</summary>
    private static string Spoil(string id, string wrong)
    {
        if (wrong == "{")
            return wrong;
        var campaign = System.Text.Json.Nodes.JsonNode.Parse(
            $$"""
            { "id": "{{id}}", "type": "STANDARD", "name": "Some name", "states": [{{Good}}],
              "constraints": [{ "field": "counters.orders", "op": "GTE", "value": ["1"] }] }
            """)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(wrong)!.AsObject())
            campaign[name] = value?.DeepClone();
        return campaign.ToJsonString();
    }

    private static void AssertNamesTheField(JsonElement outcome)
    {
        var problem = outcome.GetProperty("problem");
        Assert.NotEmpty(problem.Text("detail"));
        Assert.True(problem.GetProperty("errors").EnumerateObject().Any(), outcome.GetRawText());
    }
}
