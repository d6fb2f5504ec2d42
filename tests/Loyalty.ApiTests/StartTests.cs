using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Loyalty.ApiTests;

/// <summary>How the host starts and ends, seen by whoever operates it.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-start-tests-");

    [Theory]
    [InlineData("Clock:Ahead", "Clock__Ahead=tomorrow")]
    [InlineData("Urls", "Urls=nonsense")]
    [InlineData("Urls", "Urls=http://127.0.0.1:99999")]
    [InlineData("Auth:SignInsPerMinute", "Auth__SignInsPerMinute=often")]
    [InlineData("Auth:CallsPerMinute", "Auth__CallsPerMinute=-1")]
    [InlineData("Auth:Proxies", "Auth__Proxies__0=everywhere")]
    [InlineData("Events:Retention", "Events__Retention=long")]
    [InlineData("Outbox", "Outbox__Attempts=0")]
    [InlineData("connection string", "ConnectionStrings__MongoDb=nonsense")]
    [InlineData("Auth:KeyEncryptionSecret", "ASPNETCORE_ENVIRONMENT=Production")]
    [InlineData(
        "Auth:Administrator:Password",
        "ASPNETCORE_ENVIRONMENT=Production", "Auth__AllowPlainKeys=true", "Auth__Administrator__Password=secret")]
    [InlineData("a-file", "EmbeddedStore__Path=a-file/loyalty.db")]
    [InlineData("a-file", "EmbeddedStore__Path=a-file")]
    public async Task A_configuration_that_cannot_work_is_refused_with_one_line(string named, params string[] settings)
    {
        var file = Path.Combine(folder.FullName, "a-file");
        await File.WriteAllTextAsync(file, new string('x', 20_000), TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await RunAsync([], settings);

        Assert.Equal(1, exitCode);
        Assert.Contains(named, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_refused_with_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output, errors) = await RunAsync([], [$"Urls=http://{taken.LocalEndpoint}"]);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Contains($"{taken.LocalEndpoint}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help"), InlineData("--help")]
    public async Task Help_prints_each_command_in_one_line(string command)
    {
        var (exitCode, output, errors) = await RunAsync([command], []);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.All(["help", "backup", "restore", "serve-store"], name =>
            Assert.Single(output.Split('\n'), line => line.StartsWith($"{name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_host_that_is_stopped_while_the_demo_is_made_ends_cleanly_and_the_next_one_finishes_it()
    {
        await using var host = new HostProcess();
        host.Settings["Clock__Ahead"] = "P31D";
        await host.StartAsync(waitUntilReady: false);
        await AnswersAsync(host);
        Assert.Equal(0, await host.StopAsync());
        await host.StartAsync(waitUntilReady: false);
        await AnswersAsync(host);
        Assert.Equal(0, await host.StopAsync());

        await host.StartAsync();

        using var partner = await host.AsPartnerAsync();
        Assert.Equal("welcome", (await partner.GetJsonAsync("api/campaign/welcome")).Text("id"));
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
        Assert.Equal(0, await host.StopAsync());
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Waits until the host listens; only then does it make the demo.</summary>
    private static async Task AnswersAsync(HostProcess host)
    {
        using var http = host.Anonymous();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync("health/live", TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the host listens");
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] command, string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [HostProcess.HostAssembly, .. command])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] usual = ["Urls=http://127.0.0.1:0", "ASPNETCORE_ENVIRONMENT=Development"];
        foreach (var setting in usual.Concat(settings).Select(setting => setting.Split('=', 2)))
            start.Environment[setting[0]] = setting[1];
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
