using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>Endpoint metadata: the fields by which a list can be filtered.</summary>
internal sealed record ListFilter(Type Fields);

public static class ListFilters
{
    /// <summary>Says in the OpenAPI document by which fields a list can be filtered: the properties of <typeparamref name="TFields"/>.</summary>
    public static TBuilder WithListFilter<TFields>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ListFilter(typeof(TFields)));
}

/// <summary>The parameters of operations that take a <see cref="ListQuery"/>, which reads them itself.</summary>
internal sealed class ListParameters : IOpenApiOperationTransformer
{
    private static readonly (string Name, JsonSchemaType Type, string Description, JsonNode? Example)[] Paging =
    [
        ("range", JsonSchemaType.String, "First and last of the items wanted, counted from 0, as a JSON array.", "[0,24]"),
        ("sort", JsonSchemaType.String, "Field and direction, as a JSON array.", "[\"id\",\"ASC\"]"),
        ("_start", JsonSchemaType.Integer, "Instead of range: the first item wanted, counted from 0.", null),
        ("_end", JsonSchemaType.Integer, "Instead of range: the item behind the last one wanted.", null),
        ("_sort", JsonSchemaType.String, "Instead of sort: the field.", null),
        ("_order", JsonSchemaType.String, "Instead of sort: ASC or DESC.", null),
    ];

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters().Any(parameter => parameter.ParameterType == typeof(ListQuery)) != true)
            return;
        operation.Parameters ??= [];
        var fields = metadata.OfType<ListFilter>().LastOrDefault()?.Fields;
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "filter",
            In = ParameterLocation.Query,
            Description = "What the items must fulfil, as a JSON object. Its fields may also be given as parameters of their own, repeated for several values.",
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = fields is null
                        ? new OpenApiSchema { Type = JsonSchemaType.Object }
                        : await context.GetOrCreateSchemaAsync(fields, null, cancellationToken),
                },
            },
        });
        foreach (var (name, type, description, example) in Paging)
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
                Example = example?.DeepClone(),
            });
    }
}
