using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EmbeddedStore.Storage;

/// <summary>All data live in memory: says so before they do not fit, and does not even begin when they cannot.</summary>
internal sealed class MemoryGuard : IDisposable
{
    /// <summary>Memory for each byte in the file: the documents with their indexes, and room to move them.</summary>
    public const double PerFileByte = 1.2;

    private const double Nearly = 0.8;

    private readonly long limit;
    private readonly ITimer timer;

    public MemoryGuard(long limit, Func<long> dataBytes, TimeProvider clock, ILogger logger)
    {
        this.limit = limit;
        timer = clock.CreateTimer(_ => Warn(dataBytes(), logger), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    /// <summary>Four fifths of what this process may use: of the machine, or of the container it runs in.</summary>
    public static long DefaultLimit => (long)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 0.8);

    public static void Check(string path, SqliteConnection connection, long limit)
    {
        var needed = (long)(StoreFile.UsedBytes(connection) * PerFileByte);
        if (needed > limit)
            throw new StoreFileException($"{path} needs about {Megabytes(needed)} MB of memory, but the store may use {Megabytes(limit)} MB: "
                + "all its data live in memory. Give the process more memory, or move the data to a MongoDB server.");
    }

    public void Dispose() => timer.Dispose();

    private void Warn(long data, ILogger logger)
    {
        var needed = (long)(data * PerFileByte);
        if (needed > limit * Nearly)
            logger.LogWarning("The embedded store needs about {Needed} MB of the {Limit} MB of memory it may use; shortly before that it takes no more.",
                Megabytes(needed), Megabytes(limit));
    }

    private static long Megabytes(long bytes) => bytes >> 20;
}
