using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace EmbeddedStore.Tests.Differential;

/// <summary>
/// Asks the store and mongomock the same random questions, through pymongo over the loopback listener. A smoke test: mongomock is no MongoDB,
/// and faults.py names where it is known to be wrong.
/// </summary>
public sealed class DifferentialTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Rounds = Environment.GetEnvironmentVariable("DIFFERENTIAL_ROUNDS") ?? "60";
    private static readonly string Seed = Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED") ?? "1";

    [Fact]
    public async Task Answers_as_mongomock_does_where_mongomock_is_right()
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (!File.Exists(Python) || (await RunAsync(["-c", "import mongomock, pymongo"], cancellation)).Code != 0)
            Assert.Skip("python3-mongomock and python3-pymongo are not installed");
        await using var store = new TestStore(options => options with { ListenPort = 0 });
        var port = store.Server.Port!.Value.ToString(CultureInfo.InvariantCulture);
        var script = Path.Combine(AppContext.BaseDirectory, "Differential", "compare.py");
        var (code, output) = await RunAsync([script, port, Seed, Rounds], cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        })!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output + await errors);
    }
}
