using System.Diagnostics;

namespace Loyalty.ApiTests;

/// <summary>What an operator can ask of the program instead of starting it.</summary>
public sealed class OperatorCommandTests
{
    [Fact]
    public async Task A_backup_of_a_running_host_is_restored_to_what_it_held()
    {
        Assert.SkipWhen(RealMongo.Server is not null, "A real MongoDB has its own tools.");
        await using var host = new HostProcess();
        await host.StartAsync();
        using (var partner = await host.AsPartnerAsync())
        {
            await partner.PostJsonAsync("api/event", """[{ "event": "LOGIN", "account": "before" }]""");
            Assert.Equal(0, (await RunAsync(host.StorePath, "backup", host.StorePath + ".copy")).ExitCode);
            await partner.PostJsonAsync("api/event", """[{ "event": "LOGIN", "account": "after" }]""");
        }
        var taken = await RunAsync(host.StorePath, "restore", host.StorePath + ".copy");
        Assert.NotEqual(0, taken.ExitCode);
        Assert.NotEmpty(taken.Error);
        await host.KillAsync();
        Assert.Equal(0, (await RunAsync(host.StorePath + ".new/folder/loyalty.db", "restore", host.StorePath + ".copy")).ExitCode);
        host.Settings["EmbeddedStore__Path"] = host.StorePath + ".new/folder/loyalty.db";
        await host.StartAsync();
        using var again = await host.AsPartnerAsync();
        await again.GetJsonAsync("api/account/before");
        await again.GetJsonAsync("api/account/after", 404);
    }

    [Fact]
    public async Task A_command_that_does_not_exist_says_which_do()
    {
        var (exitCode, error) = await RunAsync("nowhere.db", "dance");
        Assert.Equal(2, exitCode);
        Assert.Contains("backup FILE", error, StringComparison.Ordinal);
    }

    [Theory, InlineData("TERM"), InlineData("INT")]
    public async Task A_store_that_is_served_is_closed_cleanly_when_the_process_is_told_to_end(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other signals.");
        var folder = Directory.CreateTempSubdirectory("loyalty-api-tests-served-");
        var path = Path.Combine(folder.FullName, "loyalty.db");
        var start = new ProcessStartInfo("dotnet", [HostProcess.HostAssembly, "serve-store"]) { RedirectStandardOutput = true };
        start.Environment["EmbeddedStore__Path"] = path;
        start.Environment["EmbeddedStore__ListenPort"] = $"{HostProcess.FreePort()}";
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (!line.Contains("is open at mongodb://", StringComparison.Ordinal))
                continue;
            Assert.True(File.Exists(path + "-wal"));
            using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains(lines, line => line.Contains("is closed", StringComparison.Ordinal));
        Assert.False(File.Exists(path + "-wal"));
        folder.Delete(recursive: true);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(string store, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [HostProcess.HostAssembly, .. command]) { RedirectStandardError = true };
        start.Environment["EmbeddedStore__Path"] = store;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
