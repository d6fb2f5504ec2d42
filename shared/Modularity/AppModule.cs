using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Loyalty.Modularity;

/// <summary>What a module may look at while it registers its services.</summary>
public sealed record ModuleContext(IServiceCollection Services, IConfiguration Configuration, IHostEnvironment Environment);

/// <summary>
/// One part of the application. Modules are configured and started in the order of <see cref="DependsOnAttribute"/>
/// and stopped in reverse.
/// </summary>
public abstract class AppModule
{
    public virtual void ConfigureServices(ModuleContext context) { }

    /// <summary>Adds middleware, before any endpoint is mapped.</summary>
    public virtual void Configure(IApplicationBuilder app) { }

    public virtual void MapEndpoints(IEndpointRouteBuilder routes) { }

    /// <summary>Indexes, keys, schedules: everything that must be true before the first request.</summary>
    public virtual Task OnStartAsync(IServiceProvider services, CancellationToken stopping) => Task.CompletedTask;

    public virtual Task OnStopAsync(IServiceProvider services, CancellationToken stopping) => Task.CompletedTask;
}
