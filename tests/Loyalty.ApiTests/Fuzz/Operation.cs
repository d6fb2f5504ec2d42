using System.Text.Json.Nodes;

namespace Loyalty.ApiTests.Fuzz;

/// <summary>One operation of the OpenAPI document.</summary>
internal sealed record Operation(
    string Id, HttpMethod Method, string Path, IReadOnlyList<Parameter> Parameters, JsonNode? Body, JsonNode? BodyExample,
    bool Partners)
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
        var partners = operation["security"]?.AsArray().Any(scheme => scheme!.AsObject().ContainsKey("oauth2-client")) == true;
        return new Operation(
            (string)operation["operationId"]!, HttpMethod.Parse(method), path,
            [.. operation["parameters"]?.AsArray().Select(parameter => Parameter.Of(parameter!)) ?? []],
            content?["schema"], content?["example"], partners);
    }
}

/// <param name="Place"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsJson">Its value is JSON, as text.</param>
internal sealed record Parameter(string Name, string Place, JsonNode? Schema, JsonNode? Example, bool IsJson)
{
    public static Parameter Of(JsonNode parameter)
    {
        var json = parameter["content"]?["application/json"]?["schema"];
        var (name, place) = ((string)parameter["name"]!, (string)parameter["in"]!);
        return new Parameter(name, place, json ?? parameter["schema"], parameter["example"], json is not null);
    }
}
