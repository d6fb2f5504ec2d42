using System.Diagnostics;

namespace Loyalty.ApiTests;

/// <summary>A database for several hosts: on a real MongoDB where one is named, else in a process of its own that serves the embedded store.</summary>
internal sealed class SharedDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-shared-store-");
    private readonly string? real = RealMongo.Database();
    private Process? server;

    public string ConnectionString { get; private set; } = "";

    public static async Task<SharedDatabase> OpenAsync()
    {
        var database = new SharedDatabase();
        if (database.real is not null)
        {
            database.ConnectionString = database.real;
            return database;
        }
        var port = HostProcess.FreePort();
        var start = new ProcessStartInfo("dotnet", [HostProcess.HostAssembly, "serve-store"])
        {
            WorkingDirectory = database.folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["EmbeddedStore__ListenPort"] = $"{port}";
        database.server = Process.Start(start)!;
        await database.server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        database.ConnectionString = $"mongodb://127.0.0.1:{port}/loyalty";
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        await RealMongo.DropAsync(real);
        folder.Delete(recursive: true);
    }
}
