using Loyalty.Auth;
using Loyalty.Host;

namespace Loyalty.Tests.Architecture;

public sealed class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Theory]
    [InlineData("Auth", typeof(AuthSettings)), InlineData("Demo", typeof(DemoOptions)), InlineData("Events", typeof(PassesOptions))]
    public void Every_setting_is_in_the_table(string section, Type options) =>
        Assert.All(SettingsOf(section, options), setting => Assert.Contains($"`{setting}`", Readme, StringComparison.Ordinal));

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var links = System.Text.RegularExpressions.Regex.Matches(Readme, @"\]\((?!http)([^)]+)\)").Select(link => link.Groups[1].Value);

        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Repository.Root.FullName, link)), link));
    }

    private static IEnumerable<string> SettingsOf(string section, Type options) => options.GetProperties().SelectMany(property =>
        property.PropertyType.Assembly == options.Assembly && property.PropertyType.IsClass
            ? SettingsOf($"{section}:{property.Name}", property.PropertyType)
            : [$"{section}:{property.Name}"]);
}
