using System.Diagnostics;
using System.Net;
using System.Text;

namespace Loyalty.ApiTests;

/// <summary>A host whose disk runs full: writes are answered 503, readiness says why, and both end when there is room again, without a restart.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly DirectoryInfo disk = Directory.CreateTempSubdirectory("loyalty-api-tests-disk-");
    private readonly bool isMounted;

    public FullDiskTests() => isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.FullName);

    public void Dispose()
    {
        if (isMounted)
            Run("umount", "-l", disk.FullName);
        disk.Delete();
    }

    [Fact]
    public async Task A_full_disk_is_told_and_got_over_without_a_restart()
    {
        Assert.SkipWhen(RealMongo.Server is not null, "A real MongoDB has a disk of its own.");
        Assert.SkipUnless(isMounted, "A small file system can only be mounted by root, on Linux.");
        await using var host = new HostProcess();
        host.Settings["EmbeddedStore__Path"] = Path.Combine(disk.FullName, "loyalty.db");
        await host.StartAsync();
        using var administrator = await host.AsAdministratorAsync();
        var ballast = Path.Combine(disk.FullName, "ballast");
        Fill(ballast);

        var number = 0;
        await Eventually.TrueAsync(async () => await CreateTenantAsync(administrator, $"tenant-{number++}") == HttpStatusCode.ServiceUnavailable, "a write is answered 503");
        using (var ready = await administrator.GetAsync("health/ready", Stop))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("is full", await ready.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }
        using (var read = await administrator.GetAsync("auth-api/api/tenant", Stop))
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);

        File.Delete(ballast);
        await host.WaitUntilReadyAsync();
        Assert.Equal(HttpStatusCode.Created, await CreateTenantAsync(administrator, "after"));
        await host.RestartAsync();
    }

    private static async Task<HttpStatusCode> CreateTenantAsync(HttpClient administrator, string id)
    {
        using var content = new StringContent($$"""{ "id": "{{id}}", "name": "{{new string('x', 60)}}" }""", Encoding.UTF8, "application/json");
        using var answer = await administrator.PostAsync("auth-api/api/tenant", content, Stop);
        return answer.StatusCode;
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var part = new byte[4096]; ;)
                file.Write(part);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
