using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Loyalty.ApiTests.Auth;

/// <summary>The ordering platform's own client library, unchanged, signs in here. Skipped where npm or its registry does not answer.</summary>
public sealed class OrderingCoreTests(SharedHost host)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_platforms_own_client_signs_in_stays_signed_in_and_reads_who_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-ordering-core-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Here(), "ordering-core")))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var installed = await RunAsync(folder, "npm", "ci --no-audit --no-fund");
            Assert.SkipWhen(installed is not { Exit: 0 }, $"npm could not install the library: {installed?.Output ?? "there is no npm"}");
            await GivenGuestTenantAsync();
            var run = await RunAsync(folder, "node", "sign-in.cjs");
            Assert.True(run is { Exit: 0 }, run?.Output);
            Check(JsonElement.Parse(run!.Value.Output.Split('\n').Single(line => line.StartsWith("RESULT ", StringComparison.Ordinal))["RESULT ".Length..]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Check(JsonElement found)
    {
        Assert.True(found.GetProperty("signedIn").GetBoolean());
        Assert.False(found.GetProperty("first").GetProperty("expired").GetBoolean());
        foreach (var signedIn in new[] { found.GetProperty("first"), found.GetProperty("second") })
        {
            var claims = signedIn.GetProperty("claims");
            Assert.Equal("demo", claims.Text("TENANT"));
            Assert.Equal(signedIn.Text("UUID"), claims.Text("UUID"));
            Assert.Equal(JsonValueKind.Array, claims.GetProperty("authorities").ValueKind);
        }
        var me = found.GetProperty("me");
        Assert.Equal((found.GetProperty("first").Text("UUID"), "alice"), (me.Text("id"), me.Text("login")));
        Assert.True(found.GetProperty("refreshed").GetProperty("success").GetBoolean());
        Assert.True(found.GetProperty("second").GetProperty("rotated").GetBoolean());
        foreach (var again in new[] { "reused", "retried", "restored", "deleted" })
            Assert.True(found.GetProperty(again).GetProperty("success").GetBoolean(), again);
        foreach (var same in new[] { "reusedSame", "retriedSame", "tabs", "updated" })
            Assert.True(found.GetProperty(same).GetBoolean(), same);
        Assert.Equal("alice", found.GetProperty("stillIn").Text("login"));
        var updated = found.GetProperty("afterUpdate");
        Assert.Equal(("Alicia", "600100200", "push-1"), (updated.Text("firstName"), updated.Text("phone"), updated.Text("pushId")));
        Assert.Equal(updated.Text("UUID"), updated.Text("id"));
        Assert.True(found.GetProperty("deleted").TryGetProperty("deleteAfter", out var until));
        Assert.Equal(until.GetString(), found.GetProperty("afterDelete").Text("deleteAfter"));
        Assert.False(found.GetProperty("afterRestore").TryGetProperty("deleteAfter", out _));
        Assert.False(found.GetProperty("wrong").GetBoolean());
        var guest = found.GetProperty("guest").GetProperty("claims");
        Assert.Equal("ordering-guests", guest.Text("TENANT"));
        Assert.Equal(0, guest.GetProperty("authorities").GetArrayLength());
    }

    private async Task GivenGuestTenantAsync()
    {
        using var administrator = await host.AsAdministratorAsync();
        await administrator.PostJsonAsync("auth-api/api/tenant", """{"id":"ordering-guests","name":"Guests","guests":true}""", 201);
    }

    private async Task<(int Exit, string Output)?> RunAsync(DirectoryInfo folder, string program, string arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["LOYALTY_URL"] = host.Address.ToString().TrimEnd('/'),
            ["LOYALTY_TENANT"] = "demo",
            ["LOYALTY_LOGIN"] = "alice",
            ["LOYALTY_PASSWORD"] = HostProcess.MemberPassword,
            ["LOYALTY_CLIENT"] = "ordering",
            ["LOYALTY_SECRET"] = HostProcess.PeopleClientSecret,
            ["LOYALTY_GUEST_TENANT"] = "ordering-guests",
        })
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var limit = new CancellationTokenSource(Limit);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{await output}\n{await errors}");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
