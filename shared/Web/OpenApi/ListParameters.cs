using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>The parameters and headers of every operation that answers a list, in both react-admin dialects.</summary>
internal sealed class ListParameters : IOpenApiOperationTransformer
{
    private static readonly (string Name, JsonSchemaType Type, string Description)[] Parameters =
    [
        ("filter", JsonSchemaType.String, "JSON object of filter fields to values; a list of values means any of them: `{\"id\":[\"a\",\"b\"]}`."),
        ("range", JsonSchemaType.String, "JSON array of the first and last index: `[0,24]`."),
        ("sort", JsonSchemaType.String, "JSON array of field and order: `[\"id\",\"ASC\"]`."),
        ("_start", JsonSchemaType.Integer, "The other dialect: the first index. Filter fields are then parameters of their own."),
        ("_end", JsonSchemaType.Integer, "The index after the last."),
        ("_sort", JsonSchemaType.String, "The field to sort by."),
        ("_order", JsonSchemaType.String, "`ASC` or `DESC`."),
    ];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var handler = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault();
        if (handler?.GetParameters().Any(parameter => parameter.ParameterType == typeof(ListQuery)) is not true)
            return Task.CompletedTask;
        operation.Parameters ??= [];
        foreach (var (name, type, description) in Parameters)
            operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = type } });
        if (operation.Responses?.GetValueOrDefault("200") is OpenApiResponse found)
            found.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Content-Range"] = Header("Which part of how many: `user 0-24/319`."),
                ["X-Total-Count"] = Header("How many there are in all."),
            };
        return Task.CompletedTask;
    }

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
