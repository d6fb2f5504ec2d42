using System.Net;
using EmbeddedStore.Collections;
using EmbeddedStore.Commands;
using EmbeddedStore.Storage;
using EmbeddedStore.Transport;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace EmbeddedStore;

/// <summary>A MongoDB-compatible server inside this process, with its data in memory and in one SQLite file.</summary>
public sealed class EmbeddedMongo : IAsyncDisposable, IDisposable
{
    private readonly EmbeddedStoreOptions options;
    private readonly FileLock fileLock;
    private readonly Store store;
    private readonly Server server;
    private readonly Checkpointer checkpointer;
    private readonly Expiry expiry;
    private LoopbackListener? listener;
    private int disposed;

    private EmbeddedMongo(EmbeddedStoreOptions options, string path, FileLock fileLock, Store store)
    {
        (this.options, this.fileLock, this.store) = (options, fileLock, store);
        checkpointer = new Checkpointer(path, store.FileGate, options.Logger);
        expiry = new Expiry(store, options.Clock, options.Logger);
        server = new Server(store, options.Clock, options.Logger, options.SlowCommand);
        if (options.ListenPort is { } port)
            listener = new LoopbackListener(port, server.Connect, options.Logger);
    }

    /// <summary>The loopback port, where there is one.</summary>
    public int? Port => listener?.Port;

    /// <exception cref="StoreFileException">The file cannot be used; the message says why. It is left as it is.</exception>
    public static EmbeddedMongo Open(EmbeddedStoreOptions options)
    {
        var path = Path.GetFullPath(options.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fileLock = FileLock.Take(path);
        try
        {
            var connection = StoreFile.Open(path);
            var collections = StoreLoader.Load(path, connection);
            return new EmbeddedMongo(options, path, fileLock, new Store(path, new Journal(connection), collections, options.Faults, options.Logger));
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Settings for an ordinary client of this server: inside the process, or over loopback where the driver does not let us in.</summary>
    public MongoClientSettings CreateClientSettings()
    {
        var settings = new MongoClientSettings { Server = new MongoServerAddress("embedded", 27017), DirectConnection = true, RetryReads = false, RetryWrites = false };
        try
        {
            InProcessStreamFactory.Probe();
            settings.ClusterConfigurator = new InProcessStreamFactory(server.Connect).RegisterWith;
        }
        catch (MissingMethodException error)
        {
            options.Logger.LogWarning(error, "This version of the driver takes no streams of ours; the embedded store is reached over loopback TCP.");
            listener ??= new LoopbackListener(0, server.Connect, options.Logger);
            settings.Server = new MongoServerAddress(IPAddress.Loopback.ToString(), listener.Port);
        }
        return settings;
    }

    /// <summary>Copies the store at <paramref name="path"/>, open or not, to a new file: everything acknowledged before, whole or not at all.</summary>
    public static void Backup(string path, string target) => FileCopy.Backup(path, target);

    /// <summary>Puts a backup where a store is to be opened. Nothing may stand there yet.</summary>
    public static void Restore(string backup, string path) => FileCopy.Restore(backup, path);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        if (listener is not null)
            await listener.DisposeAsync();
        await expiry.DisposeAsync();
        server.Dispose();
        checkpointer.Dispose();
        store.Dispose();
        fileLock.Dispose();
    }
}
