using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>
/// Makes schemas say what <see cref="JsonSettings"/> does: absent instead of null, enums and instants as text, money
/// without a binary format, patterns that match the whole value.
/// </summary>
internal sealed class TrueSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Inner(context.JsonTypeInfo.Type);
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetValues(type).Cast<object>().Select(member => (JsonNode)UpperSnakeEnumConverter.NameOf(member))];
        }
        if (type == typeof(DateTimeOffset))
            schema.Type = JsonSchemaType.String;
        if (type == typeof(decimal))
        {
            schema.Format = null;
            schema.Type ??= JsonSchemaType.Number | JsonSchemaType.String;
        }
        // Note: a type with a converter of its own says nothing of its shape; ours are written as text.
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.None && type.IsValueType)
            schema.Type ??= JsonSchemaType.String;
        if (schema.Type is { } kinds && kinds != JsonSchemaType.Null)
            schema.Type = kinds & ~JsonSchemaType.Null;
        schema.Metadata?.Remove("x-is-nullable-property");
        if (schema.Pattern is { } pattern && context.ParameterDescription is not null)
            schema.Pattern = Whole(pattern);
        if (context.JsonTypeInfo.Properties is { Count: > 0 } properties)
            schema.Required = properties.Where(property => property.IsRequired).Select(property => property.Name).ToHashSet();
        return Task.CompletedTask;
    }

    private static Type Inner(Type type) =>
        OptionalTypes.Inner(type) is { } optional ? Inner(optional) : Nullable.GetUnderlyingType(type) ?? type;

    internal static string Whole(string pattern) => pattern.StartsWith('^') ? pattern : $"^(?:{pattern})$";
}
