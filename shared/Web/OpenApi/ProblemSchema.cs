using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>The one shape of every error.</summary>
internal sealed class ProblemSchema : IOpenApiDocumentTransformer
{
    public const string Name = "ProblemDetails";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Name] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "An RFC 9457 problem.",
            Required = new HashSet<string> { "title", "status", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("A URI that names the kind of the HTTP status."),
                ["title"] = Text("The HTTP status in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
                ["code"] = Text("Stable; programs may rely on it."),
                ["detail"] = Text("What went wrong this time, and what to do about it."),
                ["errors"] = Errors(),
                ["values"] = Values(),
                ["traceId"] = Text("Finds this request in the logs."),
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Values() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Numbers that explain it, such as the `balance` of which there is too little.",
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Number },
    };

    private static OpenApiSchema Errors() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Where a field is at fault: JSON paths such as `states[1].title`, or parameter names, to messages.",
        AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
    };
}
