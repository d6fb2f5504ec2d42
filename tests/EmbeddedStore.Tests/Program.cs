using EmbeddedStore.Tests.Durability;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace EmbeddedStore.Tests;

/// <summary>Runs the tests, or what one of them started this program for: to be killed.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(Victim.PathVariable) is { } path)
            return Victim.RunAsync(path);
        return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : ConsoleRunner.Run(args);
    }
}
