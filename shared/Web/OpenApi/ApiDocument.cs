using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
            options.AddSchemaTransformer<TrueSchemas>();
            options.AddSchemaTransformer<ValidatorBounds>();
            options.AddSchemaTransformer<DescribedSchemas>();
            options.AddOperationTransformer<DescribedOperations>();
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
        routes.MapScalarApiReference(options => options.WithTitle(Title).DisableDefaultFonts());
    }

    private const string Title = "Loyalty API";

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = "1.0",
            Description = "Accounts, events, campaigns, coupons and statistics of a loyalty programme. Instants are ISO 8601 in UTC, "
                + "money is decimal in the tenant's currency, absent values are left out. Every error is an RFC 9457 problem "
                + "with a stable `code`; what fails validation also carries `errors`, a map of JSON paths to messages.",
        };
        return Task.CompletedTask;
    }
}
