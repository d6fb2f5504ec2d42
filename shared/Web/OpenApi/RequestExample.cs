using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Loyalty.Web.OpenApi;

/// <summary>Endpoint metadata: a body that the OpenAPI document shows as an example.</summary>
internal sealed record RequestExample(JsonNode Json);

public static class RequestExamples
{
    /// <summary>Shows this body in the OpenAPI document.</summary>
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder builder, string json) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequestExample(JsonNode.Parse(json)!));
}
