using Loyalty.Tests.Modularity;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Loyalty.Tests;

/// <summary>Runs the tests, or the host that one of them started this program for: to see how it ends.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        if (Environment.GetEnvironmentVariable(EndingHost.Variable) is { } ending)
            return EndingHost.RunAsync(ending);
        return args.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : ConsoleRunner.Run(args);
    }
}
