using System.Runtime.InteropServices;
using EmbeddedStore;

namespace Loyalty.Host;

/// <summary>What an operator can ask of the program instead of starting it.</summary>
internal static class OperatorCommand
{
    private const string Usage = """
        (no command)    starts the host; settings as --Section:Name=value, in the environment or in appsettings.json
        help            prints the commands
        backup FILE     copies the embedded store to FILE, also while a host is running on it
        restore FILE    puts FILE in the place of the embedded store; no host may be running on it
        serve-store     opens the embedded store for hosts on this machine, on the loopback port EmbeddedStore:ListenPort
        """;

    public static bool AsksForHelp(string[] args) => args is ["help" or "--help" or "-h" or "-?", ..];

    public static int Help()
    {
        Console.WriteLine(Usage);
        return 0;
    }

    /// <returns>The exit code; null when the arguments name no command.</returns>
    public static async Task<int?> RunAsync(string[] args, IConfiguration configuration)
    {
        if (args is not [[>= 'a' and <= 'z', ..] command, .. var rest])
            return null;
        var store = Path.GetFullPath(configuration["EmbeddedStore:Path"] ?? "data/loyalty.db");
        try
        {
            switch (command, rest)
            {
                case ("backup", [var file, ..]):
                    EmbeddedMongo.Backup(store, Path.GetFullPath(file));
                    Console.WriteLine($"{store} is copied to {Path.GetFullPath(file)}.");
                    return 0;
                case ("restore", [var file, ..]):
                    EmbeddedMongo.Restore(Path.GetFullPath(file), store);
                    Console.WriteLine($"{store} holds what {Path.GetFullPath(file)} held.");
                    return 0;
                case ("serve-store", _):
                    return await ServeAsync(store, configuration.GetValue<int?>("EmbeddedStore:ListenPort") ?? 27117);
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static async Task<int> ServeAsync(string path, int port)
    {
        using var logging = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        var log = logging.CreateLogger("EmbeddedStore");
        var stop = new TaskCompletionSource<string?>();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using (var store = EmbeddedMongo.Open(new EmbeddedStoreOptions { Path = path, ListenPort = port, Logger = log, OnFailed = reason => stop.TrySetResult(reason) }))
        {
            log.LogInformation("{Path} is open at mongodb://127.0.0.1:{Port}/loyalty", path, store.Port);
            if (await stop.Task is { } failure)
                return Failed(log, failure);
            log.LogInformation("{Path} is being closed", path);
        }
        log.LogInformation("{Path} is closed", path);
        return 0;

        // Note: else the process would end at once, with the store open.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult(null);
        }
    }

    private static int Failed(ILogger log, string reason)
    {
        log.LogCritical("The store has failed and must be opened anew: {Reason}", reason);
        return 3;
    }
}
