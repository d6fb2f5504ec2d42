using System.Diagnostics;

namespace Loyalty.Tests;

/// <summary>For what happens in the background, soon.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> holds, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < Limit, $"Not within {Limit.TotalSeconds:0} s: {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
