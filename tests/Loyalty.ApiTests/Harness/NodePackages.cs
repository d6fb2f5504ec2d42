using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace Loyalty.ApiTests;

/// <summary>The npm packages of <c>tests/npm</c>, installed once as its lock file has them; without Node.js these tests are skipped.</summary>
internal static class NodePackages
{
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public static string Folder { get; } = typeof(NodePackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Npm").Value!;

    /// <summary>Runs a script, and returns what it prints.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        await Installed.Value;
        return await ExecuteAsync("node", [Path.Combine(Folder, script), .. arguments]);
    }

    private static async Task InstallAsync()
    {
        Assert.SkipUnless(HasNode(), "Node.js is not installed.");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            await ExecuteAsync("npm", ["ci", "--no-audit", "--no-fund"]);
    }

    private static bool HasNode()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true });
            return node is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string> ExecuteAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}.\n{await output}\n{await errors}");
        return await output;
    }
}
