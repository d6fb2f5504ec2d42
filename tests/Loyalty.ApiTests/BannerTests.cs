using System.Diagnostics;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.ApiTests;

/// <summary>Note: on a host of its own, as the orders of alice are counted elsewhere.</summary>
public sealed class BannerTests
{
    [Fact]
    public async Task The_three_commands_of_the_banner_work_when_pasted()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") && File.Exists("/bin/bash"), "Needs curl and bash.");
        await using var host = new HostProcess();
        host.Settings["Demo__ClientSecret"] = null;
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

    [Fact]
    public async Task What_the_configuration_names_is_not_printed_and_what_was_made_up_is_not_kept()
    {
        await using var host = new HostProcess();
        host.Settings["Demo__MemberPassword"] = null;
        host.OpenStore();
        await host.StartAsync();
        await Eventually.TrueAsync(() => Task.FromResult(host.Output.Contains("Demo, shown this once", StringComparison.Ordinal)), "the banner is printed");
        foreach (var configured in new[] { HostProcess.ClientSecret, HostProcess.ManagerPassword, HostProcess.AdministratorPassword })
            Assert.DoesNotContain(configured, host.Output, StringComparison.Ordinal);
        var madeUp = host.Output.Split('\n').Single(line => line.Contains("member           alice / ", StringComparison.Ordinal)).Split(" / ")[1].Trim();
        Assert.NotEmpty(await host.Tokens.OfPersonAsync("demo", "alice", madeUp));
        using var client = new MongoClient(host.Database);
        var database = client.GetDatabase("loyalty");
        var names = await (await database.ListCollectionNamesAsync(cancellationToken: TestContext.Current.CancellationToken)).ToListAsync(TestContext.Current.CancellationToken);
        foreach (var name in names)
        {
            var stored = (await database.GetCollection<BsonDocument>(name).Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken)).ToJson();
            foreach (var secret in new[] { madeUp, HostProcess.ClientSecret, HostProcess.ManagerPassword, HostProcess.AdministratorPassword })
                Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        }
    }
}
