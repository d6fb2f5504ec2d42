using Loyalty.Modularity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
            // TODO(store): embedded store
            throw new NotSupportedException("embedded store");
        }
        context.Services.AddSingleton(_ => Connect(MongoClientSettings.FromConnectionString(connectionString), MongoUrl.Create(connectionString).DatabaseName));
    }

    /// <summary>Note: durability is set in code, so that a connection string cannot weaken what "acknowledged" means.</summary>
    private static IMongoDatabase Connect(MongoClientSettings settings, string? name)
    {
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        settings.ReadPreference = ReadPreference.Primary;
        return new MongoClient(settings).GetDatabase(name ?? "loyalty");
    }
}
