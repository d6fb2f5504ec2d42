using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Loyalty.Web.OpenApi;

/// <summary>Security schemes, roles and the <c>x-tenant</c> header of each operation, from its <see cref="IAccessMetadata"/>.</summary>
internal sealed class OperationAccess : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAccessMetadata>().LastOrDefault() is not { } access)
            return Task.CompletedTask;
        operation.Security = [];
        if (access.Partners)
            operation.Security.Add(Requirement(SecuritySchemes.Partners, context.Document));
        if (access.People)
            operation.Security.Add(Requirement(SecuritySchemes.People, context.Document));
        if (access.Roles.Count > 0)
            operation.Description = $"{operation.Description}\n\nNeeds one of {string.Join(", ", access.Roles.Select(role => $"`{role}`"))}.".Trim();
        if (access.Partners)
            (operation.Parameters ??= []).Add(Tenant());
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static OpenApiParameter Tenant() => new()
    {
        Name = "x-tenant",
        In = ParameterLocation.Header,
        Description = "The tenant this call is about. A partner that may act for several must name one; otherwise it is the token's.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 3, MaxLength = 64, Pattern = "^[a-zA-Z0-9_-]+$" },
    };
}
