using static Loyalty.Tests.Modularity.EndingHost;

namespace Loyalty.Tests.Modularity;

/// <summary>How a host ends, seen from outside of its process.</summary>
public sealed class ModularHostTests
{
    [Theory]
    [InlineData(nameof(QuietModule), 0, "")]
    [InlineData(
        nameof(StuckModule), 1, "The host did not stop within 0.2 s and is ended. It was held by StuckModule.")]
    [InlineData(
        nameof(StuckService), 1, "The host did not stop within 0.2 s and is ended. It was held by StuckService.")]
    [InlineData(nameof(LateService), 1, "The host did not stop within 0.2 s. It was held by LateService.")]
    [InlineData(nameof(BrokenModule), 1, "The host cannot run: BrokenModule could not start: first second")]
    [InlineData(nameof(FailingService), 1, "FailingService failed: no more")]
    public async Task A_host_ends_and_says_in_one_line_what_went_wrong(string ending, int exitCode, string errors) =>
        Assert.Equal((exitCode, errors), await SeeAsync(ending, TestContext.Current.CancellationToken));
}
