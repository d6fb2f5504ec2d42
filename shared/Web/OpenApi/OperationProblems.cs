using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>The problems any operation of its kind can answer; what is special to one it declares by ProducesProblem.</summary>
internal sealed class OperationProblems : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var status in StatusesOf(operation, context))
            (operation.Responses ??= []).TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), Response(status, context.Document));
        return Task.CompletedTask;
    }

    private static IEnumerable<int> StatusesOf(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var guarded = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAccessMetadata>().Any();
        // Note: the header x-tenant is read wherever somebody must sign in, and may be malformed.
        if (guarded || operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
            yield return 400;
        if (guarded)
        {
            yield return 401;
            yield return 403;
            yield return 429;
        }
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
            yield return 404;
        if (operation.RequestBody is not null)
            yield return 415;
    }

    private static OpenApiResponse Response(int status, OpenApiDocument? document) => new()
    {
        Description = ReasonPhrases.GetReasonPhrase(status),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema.Name, document) },
        },
    };
}
