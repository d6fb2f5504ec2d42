using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Loyalty.Modularity;

/// <summary>Puts the modules into a web application: two calls, one before and one after Build.</summary>
public static class ModularApplication
{
    public static void AddModules<TRoot>(this WebApplicationBuilder builder) where TRoot : AppModule
    {
        var modules = ModuleLoader.Load(typeof(TRoot));
        ListenAddresses.Check(builder.Configuration);
        builder.Services.TryAddSingleton(AppClock.Of(builder.Configuration, builder.Environment));
        var context = new ModuleContext(builder.Services, builder.Configuration, builder.Environment);
        foreach (var module in modules)
            Run(module, "configure its services", () => module.ConfigureServices(context));
        builder.Services.AddSingleton(modules);
        // Note: hosted services start in the order of registration; this one goes first, so that no job runs and no
        // request is answered before every module has started.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ModuleStarter>());
        var progress = new HostProgress();
        builder.Services.AddSingleton(progress);
        StopMark.AddTo(builder.Services);
        // Note: a start that fails ends with one line; the framework would log the same again, with its stack.
        foreach (var category in (string[])["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"])
            builder.Logging.AddFilter(category, level => progress.HasStarted && level >= LogLevel.Warning);
    }

    public static void UseModules(this WebApplication app)
    {
        var modules = app.Services.GetRequiredService<IReadOnlyList<AppModule>>();
        foreach (var module in modules)
            Run(module, "configure the pipeline", () => module.Configure(app));
        foreach (var module in modules)
            Run(module, "map its endpoints", () => module.MapEndpoints(app));
    }

    internal static void Run(AppModule module, string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            throw Failed(module, what, error);
        }
    }

    internal static InvalidOperationException Failed(AppModule module, string what, Exception error) =>
        new($"{module.GetType().Name} could not {what}: {error.Message}", error);
}
