using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Loyalty.Web.OpenApi;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c>, and Scalar to read and try it at <c>/scalar</c>.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<XmlDocs>();
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = NameOf;
            options.AddSchemaTransformer<TrueSchemas>();
            options.AddSchemaTransformer<ValidatorBounds>();
            options.AddSchemaTransformer<DescribedSchemas>();
            options.AddOperationTransformer<DescribedOperations>();
            options.AddOperationTransformer<ListParameters>();
            options.AddOperationTransformer<OperationAccess>();
            options.AddOperationTransformer<OperationProblems>();
            options.AddDocumentTransformer<SecuritySchemes>();
            options.AddDocumentTransformer<ProblemSchema>();
            options.AddDocumentTransformer<OneOfKinds>();
            options.AddDocumentTransformer(Introduce);
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi();
        // Note: everything that would reach for an outside address is off, so that it works where there is none.
        routes.MapScalarApiReference(options => options
            .WithTitle(OptionsOf(routes.ServiceProvider).Title)
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton()
            .AddPreferredSecuritySchemes(SecuritySchemes.People)
            .AddAuthorizationCodeFlow(SecuritySchemes.People, flow => flow.WithClientId(OptionsOf(routes.ServiceProvider).ReferenceClient).WithPkce(Pkce.Sha256)));
    }

    /// <summary>Note: several use cases have a Request of their own, nested in it; by their simple names they would be one.</summary>
    private static string? NameOf(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } name ? null
        : type.Type.DeclaringType is { } owner ? $"{owner.Name}{name}" : name;

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var options = OptionsOf(context.ApplicationServices);
        document.Info = new OpenApiInfo { Title = options.Title, Description = options.Description, Version = "1.0" };
        var listed = options.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToArray();
        var used = (document.Tags ?? new HashSet<OpenApiTag>()).ToDictionary(tag => tag.Name!);
        document.Tags = listed.Where(tag => used.ContainsKey(tag.Name!))
            .Concat(used.Values.ExceptBy(listed.Select(tag => tag.Name), tag => tag.Name))
            .ToHashSet();
        return Task.CompletedTask;
    }

    private static WebOptions OptionsOf(IServiceProvider services) => services.GetRequiredService<IOptions<WebOptions>>().Value;
}
