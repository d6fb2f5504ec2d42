using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using MongoDB.Driver;

namespace Loyalty.ApiTests;

/// <summary>
/// The real host as a process of its own: known secrets, a data folder of its own, a port of its own. It can be killed as
/// a power cut would, and started again on the same data.
/// </summary>
public class HostProcess : IAsyncLifetime
{
    public const string AdministratorPassword = "Api-tests-administrator-1";
    public const string ClientSecret = "api-tests-demo-client-secret";
    public const string ManagerPassword = "Api-tests-manager-1";
    public const string MemberPassword = "Api-tests-alice-1";
    public const string PeopleClientSecret = "secret";

    private const string StorePort = "EmbeddedStore__ListenPort";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    internal static readonly string HostAssembly = typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Host").Value!;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-api-tests-");
    private readonly ConcurrentQueue<string> output = new();
    private readonly string? mongo;
    private readonly int port = FreePort();
    private Process? process;

    public HostProcess() : this(RealMongo.Database())
    {
    }

    /// <summary>A host on a database that it may share with others.</summary>
    protected internal HostProcess(string? mongo) => this.mongo = mongo;

    /// <summary>Settings over the usual ones, for the next start.</summary>
    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Auth__Administrator__Password"] = AdministratorPassword,
        ["Demo__ClientSecret"] = ClientSecret,
        ["Demo__ManagerPassword"] = ManagerPassword,
        ["Demo__MemberPassword"] = MemberPassword,
    };

    /// <summary>Lets tests reach the embedded store, from the next start on.</summary>
    public void OpenStore() => Settings[StorePort] = $"{FreePort()}";

    /// <summary>The file of its embedded store.</summary>
    internal string StorePath => Path.Combine(folder.FullName, "data", "loyalty.db");

    public Uri Address => new($"http://127.0.0.1:{port}/");

    /// <summary>Everything the host has printed, since the first start.</summary>
    public string Output => string.Join('\n', output);

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Of a host that has ended.</summary>
    public int ExitCode => process!.ExitCode;

    /// <summary>How much memory the process holds at this moment.</summary>
    public long ResidentBytes
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The database under the host: the embedded store's too, once it has been told to listen.</summary>
    public MongoUrl Database => MongoUrl.Create(mongo ?? $"mongodb://127.0.0.1:{Settings[StorePort]}/loyalty?directConnection=true");

    public Tokens Tokens => field ??= new Tokens(this);

    public virtual async ValueTask InitializeAsync() => await StartAsync();

    public async Task StartAsync(bool waitUntilReady = true)
    {
        var start = new ProcessStartInfo("dotnet", [HostAssembly])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings.Append(new("ASPNETCORE_URLS", Address.ToString())).Append(new("ConnectionStrings__MongoDb", mongo)))
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (waitUntilReady)
            await WaitUntilReadyAsync();
    }

    public async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartLimit && IsRunning)
        {
            try
            {
                using var answer = await http.GetAsync("health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"The host did not become ready within {waited.Elapsed.TotalSeconds:0} s.\n{Output}");
    }

    /// <summary>kill -9: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        await WaitForExitAsync();
        var exitCode = process!.ExitCode;
        process.Dispose();
        process = null;
        return exitCode;
    }

    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>Holds the whole process still, as a long pause of its machine would.</summary>
    public void Pause() => Signal("STOP");

    public void Resume() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process!.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for a host that is armed to stop dead.</summary>
    public async Task WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        await process!.WaitForExitAsync(limit.Token);
    }

    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>The partner of the demo tenant: ROLE_LOYALTY, by client_credentials.</summary>
    public Task<HttpClient> AsPartnerAsync() => Tokens.ClientAsync(Tokens.OfPartnerAsync("demo-partner", ClientSecret));

    /// <summary>The demo tenant's own ROLE_SU person.</summary>
    public Task<HttpClient> AsManagerAsync() => Tokens.ClientAsync(Tokens.OfPersonAsync("demo", "manager", ManagerPassword));

    /// <summary>The deployment's administrator, of the tenant <c>system</c>.</summary>
    public Task<HttpClient> AsAdministratorAsync() => Tokens.ClientAsync(Tokens.OfPersonAsync("system", "admin", AdministratorPassword));

    public Task<HttpClient> AsMemberAsync(string login = "alice") => Tokens.ClientAsync(Tokens.OfPersonAsync("demo", login, MemberPassword));

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await KeepOutputAsync();
        await RealMongo.DropAsync(mongo);
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What the host said is beside the tests afterwards, for whoever looks into a failure.</summary>
    private async Task KeepOutputAsync()
    {
        var logs = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "host-logs"));
        await File.WriteAllTextAsync(Path.Combine(logs.FullName, $"{GetType().Name}-{port}.log"), Output);
    }

    private void Keep(string? line)
    {
        if (line is not null)
            output.Enqueue(line);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
