using System.Diagnostics;
using System.Text.Json;

namespace Loyalty.ApiTests;

/// <summary>Note: on a host of its own, as the orders of alice are counted elsewhere.</summary>
public sealed class BannerTests
{
    [Fact]
    public async Task The_three_commands_of_the_banner_work_when_pasted()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "Needs curl and bash.");
        await using var host = new HostProcess();
        await host.StartAsync();
        var commands = host.Output.Split('\n').SkipWhile(line => !line.StartsWith("Try it", StringComparison.Ordinal)).Skip(1).Take(3).Append("").ToArray();

        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(string.Join("\necho\n", commands));
        shell.StandardInput.Close();
        var answers = (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, answers.Length);
        Assert.Equal("APPLIED", JsonElement.Parse(answers[0])[0].Text("status"));
        Assert.True(JsonElement.Parse(answers[1]).GetProperty("counters").GetProperty("orders").GetInt32() >= 1);
    }
}
