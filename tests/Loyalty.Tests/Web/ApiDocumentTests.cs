using System.Text.Json;

namespace Loyalty.Tests.Web;

public sealed class ApiDocumentTests(TryOutHost host) : IClassFixture<TryOutHost>
{
    [Fact]
    public async Task Bounds_come_from_validators_and_words_from_XML_documentation()
    {
        var thing = await SchemaAsync("Thing");

        Assert.Equal("A thing that walks.", thing.Text("description"));
        Assert.Equal(["id", "kind", "name", "steps"], thing.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order());
        var properties = thing.GetProperty("properties");
        Assert.Equal(
            """{"examples":["Summer"],"maxLength":16,"minLength":3,"type":"string","description":"For people to read."}""",
            Compact(properties.GetProperty("name")));
        Assert.Equal("""{"pattern":"^(?:[a-z]{3,8})$","type":"string","description":"What it is called."}""", Compact(properties.GetProperty("id")));
        Assert.Equal("""{"maximum":100,"minimum":0,"type":"number"}""", Compact(properties.GetProperty("total")));
        Assert.Equal("""{"type":"string","format":"date-time"}""", Compact(properties.GetProperty("at")));
        Assert.Equal("""{"maxItems":2,"minItems":1,"type":"array","items":{"$ref":"#/components/schemas/Step"}}""", Compact(properties.GetProperty("steps")));
        Assert.Equal("""{"enum":["STANDARD","SPECIFIC_TIME"],"type":"string"}""", Compact(await SchemaAsync("Kind")));
    }

    [Fact]
    public async Task Kinds_are_one_of_several_told_apart_by_their_discriminator()
    {
        var step = await SchemaAsync("Step");

        Assert.Equal(2, step.GetProperty("oneOf").GetArrayLength());
        Assert.False(step.TryGetProperty("anyOf", out _));
        Assert.Equal("type", step.GetProperty("discriminator").Text("propertyName"));
        foreach (var kind in step.GetProperty("oneOf").EnumerateArray())
        {
            var schema = await SchemaAsync(kind.Text("$ref").Split('/')[^1]);
            Assert.Equal(["id", "type"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order());
        }
    }

    [Fact]
    public async Task An_operation_says_who_may_call_it_in_which_tenant_and_what_may_go_wrong()
    {
        var put = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/thing/{thing}").GetProperty("put");

        Assert.Equal("putThing", put.Text("operationId"));
        Assert.Equal(["thing", "stats"], put.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!));
        Assert.Equal("Keeps a thing.", put.Text("summary"));
        Assert.Contains("`ROLE_THING`", put.Text("description"), StringComparison.Ordinal);
        Assert.Equal("""[{"oauth2-client":[]},{"oauth2":[]}]""", Compact(put.GetProperty("security")));
        Assert.Equal(["thing", "x-tenant"], put.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.Text("name")));
        Assert.Equal(["200", "400", "401", "403", "404", "409", "415", "429"], put.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order());
        Assert.Equal("abc", put.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").Text("id"));
    }

    [Fact]
    public async Task Tags_come_in_the_order_given_with_what_they_are_about_and_others_follow()
    {
        var tags = (await DocumentAsync()).GetProperty("tags");

        Assert.Equal("""[{"name":"stats","description":"Figures."},{"name":"thing"}]""", Compact(tags));
    }

    [Fact]
    public async Task Scalar_names_no_outside_address()
    {
        var html = await host.Http.GetStringAsync(new Uri("scalar/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("scalar.js", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace(host.Http.BaseAddress!.ToString(), "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<JsonElement> SchemaAsync(string name) =>
        (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty(name);

    private async Task<JsonElement> DocumentAsync()
    {
        var (status, document) = await host.SendAsync(HttpMethod.Get, "openapi/v1.json");
        Assert.Equal(200, status);
        Assert.StartsWith("3.1.", document.Text("openapi"), StringComparison.Ordinal);
        return document;
    }

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);
}
