using EmbeddedStore;
using Loyalty.Mongo;
using MongoDB.Driver;

namespace Loyalty.Tests;

/// <summary>
/// Where simulators keep what they decide: a database of its own for each, on the embedded store or on the server that
/// <c>LOYALTY_TEST_MONGODB</c> names.
/// </summary>
internal static class SimulatorStore
{
    private static readonly Lazy<MongoClient> Client = new(Open);
    private static int databases;

    public static IMongoDatabase NewDatabase() =>
        Client.Value.GetDatabase($"simulator-{Environment.ProcessId}-{Interlocked.Increment(ref databases)}");

    private static MongoClient Open()
    {
        MongoConventions.Register();
        if (Environment.GetEnvironmentVariable("LOYALTY_TEST_MONGODB") is { Length: > 0 } server)
            return new MongoClient(server);
        var folder = Directory.CreateTempSubdirectory("loyalty-simulator-");
        var store = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = Path.Combine(folder.FullName, "store.db") });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            store.Dispose();
            folder.Delete(recursive: true);
        };
        return new MongoClient(store.CreateClientSettings());
    }
}
