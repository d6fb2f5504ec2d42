using System.Net;
using EmbeddedStore.Collections;
using EmbeddedStore.Commands;
using EmbeddedStore.Storage;
using EmbeddedStore.Transport;
using MongoDB.Bson;
using MongoDB.Driver;

namespace EmbeddedStore;

/// <summary>A MongoDB-compatible server inside this process, with its data in memory and in one SQLite file.</summary>
public sealed class EmbeddedMongo : IAsyncDisposable, IDisposable
{
    private readonly EmbeddedStoreOptions options;
    private readonly FileLock fileLock;
    private readonly StoreMetrics metrics;
    private readonly Store store;
    private readonly Server server;
    private readonly Checkpointer checkpointer;
    private readonly Expiry expiry;
    private readonly MemoryGuard memory;
    private readonly WriteGate writes;
    private readonly Room room;
    private LoopbackListener? listener;
    private int disposed;

    private EmbeddedMongo(EmbeddedStoreOptions options, string path, FileLock fileLock, long memoryLimit)
    {
        (this.options, this.fileLock) = (options, fileLock);
        var connection = StoreFile.Open(path);
        Journal journal;
        writes = new WriteGate(path, options.Logger, options.OnFailed);
        try
        {
            MemoryGuard.Check(path, connection, memoryLimit);
            var collections = StoreLoader.Load(path, connection);
            metrics = new StoreMetrics(path);
            journal = new Journal(connection);
            room = new Room(path, memoryLimit, StoreFile.UsedBytes(connection));
            store = new Store(path, journal, collections, options.Faults, metrics, writes, room);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        server = new Server(store, metrics, options.Clock, options.Logger, options.SlowCommand);
        metrics.Watch(() => store.All.Sum(view => view.Records.Count), () => store.DataBytes, () => server.Cursors.Count, () => server.Running);
        checkpointer = new Checkpointer(path, journal, store.FileGate, options.Logger);
        expiry = new Expiry(store, options.Clock, options.Logger);
        memory = new MemoryGuard(memoryLimit, () => store.DataBytes, options.Clock, options.Logger);
    }

    internal int CommandsRunning => server.Running;

    /// <summary>The loopback port, where there is one.</summary>
    public int? Port => listener?.Port;

    /// <summary>Whether writes are taken; if not, why. It changes by itself when the cause is gone, unless the store has failed.</summary>
    public StoreStatus Status =>
        writes.Status is { Condition: not StoreCondition.TakesWrites } closed ? closed
        : room.Reason is { } full ? new(StoreCondition.RefusesWrites, full)
        : StoreStatus.TakesWrites;

    /// <exception cref="StoreFileException">The file cannot be used; the message says why. It is left as it is.</exception>
    public static EmbeddedMongo Open(EmbeddedStoreOptions options)
    {
        var place = StorePlace.Of(options.Path);
        place.Prepare();
        var fileLock = FileLock.Take(place.FilePath);
        EmbeddedMongo? opened = null;
        try
        {
            LogCheck.RequireOwn(place.FilePath, fileLock.File);
            opened = new EmbeddedMongo(options, place.FilePath, fileLock, options.MemoryLimit ?? MemoryGuard.DefaultLimit);
            place.Mark();
            return options.ListenPort is { } port ? opened.Listen(port) : opened;
        }
        catch
        {
            opened?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>The names in a command that this server would refuse; for tests that record what a product sends to any server.</summary>
    public static IReadOnlyList<string> Unsupported(BsonDocument command) => [.. ScopeCheck.Unsupported(command)];

    /// <summary>Copies the store at <paramref name="path"/>, open or not, to a new file: everything acknowledged before, whole or not at all.</summary>
    public static void Backup(string path, string target) => FileCopy.Backup(path, target);

    /// <summary>Puts a backup where a store is to be opened. Nothing may stand there yet.</summary>
    public static void Restore(string backup, string path) => FileCopy.Restore(backup, path);

    /// <summary>
    /// Moves the write-ahead log into the file and cuts it off, so that what was deleted before is neither there nor in the file: what an
    /// erasure ends with. Waits for whoever reads the file, a backup for example.
    /// </summary>
    public async Task EmptyLogAsync(CancellationToken cancellationToken)
    {
        while (!await Task.Run(checkpointer.Empty, cancellationToken))
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
    }

    /// <summary>Settings for an ordinary client of this server: inside the process, or over loopback where the driver does not let us in.</summary>
    public MongoClientSettings CreateClientSettings()
    {
        var settings = new MongoClientSettings
        {
            Server = new MongoServerAddress("embedded", 27017),
            DirectConnection = true,
            RetryReads = false,
            RetryWrites = false,
            ServerSelectionTimeout = TimeSpan.FromSeconds(5),
        };
        if (options.Faults.DriverLetsNobodyIn || !InProcessStreamFactory.IsPossible(options.Logger))
            settings.Server = new MongoServerAddress(IPAddress.Loopback.ToString(), (listener is null ? Listen(0) : this).Port!.Value);
        else
            settings.ClusterConfigurator = new InProcessStreamFactory(server.Connect).RegisterWith;
        return settings;
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        if (listener is not null)
            await listener.DisposeAsync();
        memory.Dispose();
        await expiry.DisposeAsync();
        server.Dispose();
        checkpointer.Dispose();
        store.Dispose();
        metrics.Dispose();
        fileLock.Dispose();
    }

    private EmbeddedMongo Listen(int port)
    {
        listener = new LoopbackListener(port, server.Connect, options.Logger);
        return this;
    }
}
