using System.Text.Json;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Loyalty.ApiTests;

public sealed class ApiDocumentTests(SharedHost host)
{
    private static readonly string[] Shapes = ["type", "$ref", "oneOf", "anyOf", "allOf"];

    /// <summary>Operations of the reference that are there so far, with the tags it lists them under.</summary>
    public static TheoryData<string, string> Operations => new()
    {
        { "postEvent", "event" },
        { "getAccounts", "account" },
        { "getAccountsCount", "react-admin-list-controller" },
        { "export", "account export" },
        { "contactExport", "account campaign export" },
        { "getAccount", "account" },
        { "getAccountByCard", "account" },
        { "getMyAccount", "account" },
        { "getMyAccount_1", "account" },
        { "getMyCampaigns", "account" },
        { "verifyCoupon", "account" },
        { "message", "account" },
        { "setMyProfile", "account" },
        { "setMyProperties", "account" },
        { "verifyArbitraryAccountCoupon", "account" },
        { "verifyArbitraryAccountCouponPost", "account" },
        { "unlockArbitraryAccountCoupon", "account" },
        { "getCampaign", "campaign" },
        { "putCampaign", "campaign" },
        { "postCampaign", "campaign" },
        { "initializeCampaign", "campaign" },
        { "campaignStats", "campaign stats" },
        { "globalCampaignStats", "campaign stats" },
        { "segmentStats", "segments stats" },
    };

    [Fact]
    public async Task It_is_valid_OpenAPI_3_1()
    {
        using var http = host.Anonymous();
        await using var json = await http.GetStreamAsync(new Uri("openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);

        var read = await OpenApiDocument.LoadAsync(json, "json", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task An_operation_has_the_name_and_the_tags_of_the_reference(string operationId, string tags)
    {
        var operation = (await OperationsAsync()).Single(operation => operation.Text("operationId") == operationId);

        Assert.Equal(tags.Split(' '), operation.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).Order());
        Assert.True(operation.TryGetProperty("security", out _));
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_under_a_name_of_its_own()
    {
        var operations = await OperationsAsync();

        Assert.Equal(operations.Count, operations.Select(operation => operation.Text("operationId")).Distinct().Count());
        Assert.All(operations, operation => Assert.True(operation.TryGetProperty("summary", out _), operation.Text("operationId")));
    }

    [Fact]
    public async Task Every_schema_says_what_it_is_and_every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        var schemas = document.GetProperty("components").GetProperty("schemas");

        Assert.All(References(document), name => Assert.True(schemas.TryGetProperty(name, out _), name));
        foreach (var schema in schemas.EnumerateObject().Where(schema => schema.Value.TryGetProperty("properties", out _)))
            Assert.All(schema.Value.GetProperty("properties").EnumerateObject(), property => Assert.False(IsEmpty(property.Value), $"{schema.Name}.{property.Name}"));
    }

    [Fact]
    public async Task It_is_the_same_below_the_path_base()
    {
        using var http = host.Anonymous();

        var document = await http.GetJsonAsync("loyalty-api/openapi/v1.json");

        Assert.EndsWith("/loyalty-api", document.GetProperty("servers")[0].Text("url"), StringComparison.Ordinal);
    }

    private static bool IsEmpty(JsonElement schema) =>
        !Array.Exists(Shapes, name => schema.TryGetProperty(name, out _));

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => property is { Name: "$ref", Value.ValueKind: JsonValueKind.String }
            ? [property.Value.GetString()!.Split('/')[^1]]
            : References(property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private async Task<List<JsonElement>> OperationsAsync() =>
        [.. (await DocumentAsync()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value)];

    private async Task<JsonElement> DocumentAsync()
    {
        using var http = host.Anonymous();
        return await http.GetJsonAsync("openapi/v1.json");
    }
}
