using Loyalty.Modularity;
using Loyalty.Web.OpenApi;
using Loyalty.Web.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Loyalty.Web;

/// <summary>What every route of the API has in common: JSON, validation, problem details, the OpenAPI document, health.</summary>
public sealed class WebModule : AppModule
{
    /// <summary>500 orders of the largest kind, and some more.</summary>
    internal const long MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>500 ids of the longest kind, in JSON, percent-encoded.</summary>
    internal const int MaxRequestLineBytes = 64 * 1024;

    private IEndpointRouteBuilder? allRoutes;

    public override void ConfigureServices(ModuleContext context)
    {
        Validators.SpeakJson();
        context.Services.AddProblemDetails();
        context.Services.AddExceptionHandler<Failures>();
        context.Services.ConfigureHttpJsonOptions(options => JsonSettings.Apply(options.SerializerOptions));
        // Note: without this a request that cannot be read is an exception in Development but an empty 400 in Production.
        context.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        context.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        });
        context.Services.AddHealthChecks();
        context.Services.AddSingleton(services => new OutboundRules(
            context.Configuration.GetValue<bool>("Outbound:AllowPrivateAddresses"), services.GetRequiredService<IHostEnvironment>().IsDevelopment()));
        context.Services.AddApiDocument();
    }

    public override void Configure(IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(StatusProblems.WriteAsync);
        app.UsePathBase(app.ApplicationServices.GetRequiredService<IOptions<WebOptions>>().Value.PathBase);
        app.UseRouting();
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync });
        routes.MapApiDocument();
        routes.MapGet("/", () => TypedResults.Redirect("scalar")).ExcludeFromDescription();
        allRoutes = routes;
    }

    public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        // Note: the EndpointDataSource of the container is filled only when the server starts, which is after this.
        Validators.RequireAll(allRoutes!);
        return Task.CompletedTask;
    }
}
