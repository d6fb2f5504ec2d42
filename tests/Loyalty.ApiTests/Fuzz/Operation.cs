using System.Text.Json.Nodes;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>One operation of the OpenAPI document.</summary>
internal sealed record Operation(
    string Id, HttpMethod Method, string Path, IReadOnlyList<Parameter> Parameters, JsonNode? Body, JsonNode? BodyExample, bool People, bool Partners)
{
    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>All operations of a document.</summary>
    public static IReadOnlyList<Operation> AllOf(JsonNode document) =>
    [
        .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(operation => operation.Value?["operationId"] is not null)
            .Select(operation => Of(path.Key, operation.Key, operation.Value!))),
    ];

    private static Operation Of(string path, string method, JsonNode operation)
    {
        var content = operation["requestBody"]?["content"]?["application/json"];
        var schemes = operation["security"]?.AsArray().SelectMany(scheme => scheme!.AsObject().Select(named => named.Key)).ToHashSet() ?? [];
        return new Operation(
            (string)operation["operationId"]!, HttpMethod.Parse(method), path,
            [.. operation["parameters"]?.AsArray().Select(parameter => Parameter.Of(parameter!)) ?? []],
            content?["schema"], content?["example"], schemes.Contains("oauth2"), schemes.Contains("oauth2-client"));
    }
}

/// <param name="Place"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsJson">Its value is JSON, as text.</param>
internal sealed record Parameter(string Name, string Place, JsonNode? Schema, JsonNode? Example, bool IsJson)
{
    public static Parameter Of(JsonNode parameter)
    {
        var json = parameter["content"]?["application/json"]?["schema"];
        return new Parameter((string)parameter["name"]!, (string)parameter["in"]!, json ?? parameter["schema"], parameter["example"], json is not null);
    }
}
