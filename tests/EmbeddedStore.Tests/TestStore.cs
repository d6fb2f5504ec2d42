using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Events;

namespace EmbeddedStore.Tests;

/// <summary>A store in a folder of its own, and the unmodified driver on top of it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("embedded-store-");
    private readonly Func<EmbeddedStoreOptions, EmbeddedStoreOptions> configure;
    private readonly List<BsonDocument> commands = [];
    private EmbeddedMongo server;

    public TestStore(Func<EmbeddedStoreOptions, EmbeddedStoreOptions>? configure = null)
    {
        this.configure = configure ?? (options => options);
        (server, Client) = Start();
    }

    public string FilePath => Path.Combine(folder.FullName, "store.db");

    public EmbeddedMongo Server => server;

    public MongoClient Client { get; private set; }

    public IMongoDatabase Database => Client.GetDatabase("test");

    /// <summary>Every command the driver sent.</summary>
    public IReadOnlyList<BsonDocument> Commands
    {
        get
        {
            lock (commands)
                return [.. commands];
        }
    }

    public IMongoCollection<BsonDocument> Collection(string name = "things") => Database.GetCollection<BsonDocument>(name);

    public BsonDocument Run(string command) => Database.RunCommand<BsonDocument>(BsonDocument.Parse(command));

    public async Task RestartAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        (server, Client) = Start();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private (EmbeddedMongo Server, MongoClient Client) Start()
    {
        var started = EmbeddedMongo.Open(configure(new EmbeddedStoreOptions { Path = FilePath }));
        var settings = started.CreateClientSettings();
        var inner = settings.ClusterConfigurator;
        settings.ClusterConfigurator = builder =>
        {
            inner?.Invoke(builder);
            builder.Subscribe<CommandStartedEvent>(sent =>
            {
                lock (commands)
                    commands.Add(sent.Command.DeepClone().AsBsonDocument);
            });
        };
        return (started, new MongoClient(settings));
    }
}
