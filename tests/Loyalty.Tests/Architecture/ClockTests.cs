using System.Reflection;

namespace Loyalty.Tests.Architecture;

public sealed class ClockTests
{
    private static IEnumerable<Assembly> Ours =>
        Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name == "EmbeddedStore" || name!.StartsWith("Loyalty.", StringComparison.Ordinal) && !name.EndsWith("Tests", StringComparison.Ordinal))
            .Select(name => Assembly.Load(name!));

    [Fact]
    public void Nobody_reads_the_system_clock()
    {
        Assert.True(Ours.Count() >= 11, string.Join(", ", Ours));
        Assert.All(Ours, assembly => Assert.Empty(ClockRules.ReadsOf(assembly)));
    }

    [Fact]
    public void A_planted_reader_of_the_clock_is_found() =>
        Assert.Equal(["Loyalty.Tests reads System.DateTimeOffset.UtcNow: take a TimeProvider."], ClockRules.ReadsOf(typeof(Planted.ClockReader).Assembly));

    [Theory]
    [InlineData("System.DateTime.Now"), InlineData("System.DateTime.UtcNow"), InlineData("System.DateTime.Today")]
    [InlineData("System.DateTimeOffset.Now"), InlineData("System.DateTimeOffset.UtcNow")]
    public void The_compiler_is_told_to_refuse(string symbol)
    {
        Assert.Contains(symbol, ClockRules.Banned);
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", Repository.Read(".editorconfig"), StringComparison.Ordinal);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
    }
}
