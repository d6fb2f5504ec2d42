using EmbeddedStore;
using Loyalty.Accounts;
using Loyalty.Mongo;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;

namespace Loyalty.Tests.Accounts;

/// <summary>A database for accounts: on the server that <c>LOYALTY_TEST_MONGODB</c> names, else in an embedded store.</summary>
public sealed class AccountDatabase : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-accounts-");
    private readonly List<BsonDocument> commands = [];
    private readonly MongoClient client;
    private readonly EmbeddedMongo? embedded;

    public AccountDatabase()
    {
        MongoConventions.Register();
        var server = Environment.GetEnvironmentVariable("LOYALTY_TEST_MONGODB");
        if (string.IsNullOrEmpty(server))
            embedded = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = Path.Combine(folder.FullName, "accounts.db") });
        var settings = embedded?.CreateClientSettings() ?? MongoClientSettings.FromConnectionString(server);
        var inner = settings.ClusterConfigurator;
        settings.ClusterConfigurator = cluster =>
        {
            inner?.Invoke(cluster);
            cluster.Subscribe<CommandStartedEvent>(sent => Remember(sent.Command));
        };
        client = new MongoClient(settings);
        Database = client.GetDatabase($"loyalty-test-{Guid.NewGuid():N}");
    }

    public IMongoDatabase Database { get; }

    /// <summary>Whether the plans are those of the embedded store, which always chooses the same.</summary>
    public bool IsEmbedded => embedded is not null;

    /// <summary>The commands that were sent since the last call.</summary>
    public IReadOnlyList<BsonDocument> TakeCommands()
    {
        lock (commands)
        {
            BsonDocument[] sent = [.. commands];
            commands.Clear();
            return sent;
        }
    }

    public async ValueTask InitializeAsync() => await new AccountStore(Database).CreateIndexesAsync(default);

    public async ValueTask DisposeAsync()
    {
        await client.DropDatabaseAsync(Database.DatabaseNamespace.DatabaseName);
        client.Dispose();
        if (embedded is not null)
            await embedded.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void Remember(BsonDocument command)
    {
        lock (commands)
            commands.Add(BsonSerializer.Deserialize<BsonDocument>(command.ToBson()));
    }
}
