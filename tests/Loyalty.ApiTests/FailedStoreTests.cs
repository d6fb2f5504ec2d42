using System.Diagnostics;

namespace Loyalty.ApiTests;

/// <summary>A host whose store has failed for good ends by itself, says why, and with an exit code that a supervisor starts it anew for.</summary>
public sealed class FailedStoreTests
{
    private const string Vandal = """
        import sqlite3, sys
        store = sqlite3.connect(sys.argv[1], timeout=10)
        for (name,) in store.execute("SELECT name FROM sqlite_master WHERE name GLOB 'c[0-9]*'").fetchall():
            store.execute("DROP TABLE " + name)
        store.commit()
        """;

    [Fact]
    public async Task A_host_whose_store_has_failed_ends_with_an_exit_code_that_is_not_zero()
    {
        Assert.SkipWhen(RealMongo.Server is not null, "A real MongoDB fails by itself.");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 is not installed.");
        await using var host = new HostProcess();
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();

        using (var vandal = Process.Start("/usr/bin/python3", ["-c", Vandal, host.StorePath]))
        {
            await vandal.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, vandal.ExitCode);
        }
        using var content = new StringContent("""[{ "event": "LOGIN", "account": "anybody" }]""", System.Text.Encoding.UTF8, "application/json");
        try
        {
            using var answer = await partner.PostAsync("api/event", content, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            // It has ended before it could answer.
        }

        await host.WaitForExitAsync();
        Assert.Equal(3, host.ExitCode);
        Assert.Contains("must be started anew", host.Output, StringComparison.Ordinal);
    }
}
