using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>XML documentation as the descriptions and examples of schemas.</summary>
internal sealed class DescribedSchemas(XmlDocs docs) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo?.AttributeProvider is MemberInfo { DeclaringType: not null } property)
            Describe(schema, property);
        else if (context.JsonPropertyInfo is null && context.ParameterDescription is null)
            schema.Description ??= docs.Summary(context.JsonTypeInfo.Type);
        return Task.CompletedTask;
    }

    private void Describe(OpenApiSchema schema, MemberInfo property)
    {
        var summary = docs.Summary(property);
        var example = docs.Example(property) is { } text ? Node(text) : null;
        if (schema.Metadata is { } metadata && metadata.TryGetValue("x-schema-id", out var id) && id is string { Length: > 0 })
        {
            // Note: this schema becomes a $ref; what is said about the property must not end up on the shared component.
            if (summary is not null)
                metadata["x-ref-description"] = summary;
            return;
        }
        schema.Description = summary ?? schema.Description;
        if (example is not null)
            schema.Examples = [example];
    }

    private static JsonNode? Node(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
