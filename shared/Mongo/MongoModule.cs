using EmbeddedStore;
using Loyalty.Modularity;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace Loyalty.Mongo;

/// <summary>
/// One database for all modules: the server that <c>ConnectionStrings:MongoDb</c> names, else the embedded store in
/// this process. Either way the modules see an ordinary <see cref="IMongoDatabase"/>.
/// </summary>
public sealed class MongoModule : AppModule
{
    public override void ConfigureServices(ModuleContext context)
    {
        MongoConventions.Register();
        var connectionString = context.Configuration.GetConnectionString("MongoDb");
        if (string.IsNullOrEmpty(connectionString))
        {
            context.Services.AddSingleton<StoreFailure>();
            context.Services.AddSingleton(services => EmbeddedMongo.Open(Options(context.Configuration, services)));
            context.Services.AddSingleton(services => Connect(services.GetRequiredService<EmbeddedMongo>().CreateClientSettings(), null));
        }
        else
        {
            context.Services.AddSingleton(_ => Connect(MongoClientSettings.FromConnectionString(connectionString), MongoUrl.Create(connectionString).DatabaseName));
        }
        context.Services.AddHealthChecks().AddCheck<StoreCheck>("store");
        // Note: handlers are asked in this order, and the one of the web answers whatever comes to it.
        context.Services.Insert(0, ServiceDescriptor.Singleton<IExceptionHandler, OutageHandler>());
    }

    /// <summary>Opens the store before any module asks for it, so that a file that cannot be used stops the start with its own message.</summary>
    public override Task OnStartAsync(IServiceProvider services, CancellationToken stopping)
    {
        services.GetRequiredService<IMongoDatabase>();
        return Task.CompletedTask;
    }

    /// <summary>Runs last, as every module depends on this one.</summary>
    public override async Task OnStopAsync(IServiceProvider services, CancellationToken stopping)
    {
        if (services.GetService<EmbeddedMongo>() is { } store)
            await store.DisposeAsync();
    }

    private static EmbeddedStoreOptions Options(IConfiguration configuration, IServiceProvider services) => new()
    {
        Path = Path.GetFullPath(configuration["EmbeddedStore:Path"] ?? "data/loyalty.db"),
        ListenPort = configuration.GetValue<int?>("EmbeddedStore:ListenPort"),
        Clock = services.GetService<TimeProvider>() ?? TimeProvider.System,
        Logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("EmbeddedStore"),
        OnFailed = reason => services.GetRequiredService<StoreFailure>().End(reason),
    };

    /// <summary>Note: durability is set in code, so that a connection string cannot weaken what "acknowledged" means.</summary>
    private static IMongoDatabase Connect(MongoClientSettings settings, string? name)
    {
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        settings.ReadPreference = ReadPreference.Primary;
        return new MongoClient(settings).GetDatabase(name ?? "loyalty");
    }
}
