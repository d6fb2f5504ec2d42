using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>Endpoint metadata: the fields by which a list can be filtered, and whether it comes in pages.</summary>
internal sealed record ListFilter(Type Fields, bool Paged);

public static class ListFilters
{
    /// <summary>Says in the OpenAPI document by which fields a list can be filtered: the properties of <typeparamref name="TFields"/>.</summary>
    public static RouteHandlerBuilder WithListFilter<TFields>(this RouteHandlerBuilder route, bool paged = true) =>
        route.WithMetadata(new ListFilter(typeof(TFields), paged));
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
        var filter = metadata.OfType<ListFilter>().LastOrDefault();
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "filter",
            In = ParameterLocation.Query,
            Description = "What the items must fulfil, as a JSON object. Its fields may also be given as parameters of their own, repeated for several values.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = filter is null ? new OpenApiSchema { Type = JsonSchemaType.Object } : await FieldsAsync(filter.Fields, context, cancellationToken) },
            },
        });
        foreach (var (name, type, description, example) in filter is { Paged: false } ? [] : Paging)
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = description,
                Schema = new OpenApiSchema { Type = type },
                Example = example?.DeepClone(),
            });
        if (filter is not { Paged: false } && operation.Responses?.GetValueOrDefault("200") is OpenApiResponse found)
            found.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Content-Range"] = Header("Which part of how many: `user 0-24/319`."),
                ["X-Total-Count"] = Header("How many there are in all."),
            };
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static async Task<IOpenApiSchema> FieldsAsync(Type fields, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(fields, null, cancellationToken);
        context.Document?.AddComponent(fields.Name, schema);
        return new OpenApiSchemaReference(fields.Name, context.Document);
    }
}
