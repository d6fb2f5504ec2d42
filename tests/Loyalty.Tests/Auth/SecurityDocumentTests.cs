using System.Text.RegularExpressions;
using Loyalty.Tests.Architecture;

namespace Loyalty.Tests.Auth;

/// <summary>docs/security.md names, behind each claim, the test that proves it: each of them is there.</summary>
public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Every_test_that_the_document_names_is_there()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Repository.Root.FullName, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Test().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet();
        var named = Named().Matches(Repository.Read("docs/security.md")).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(named.Length > 50, "The document names few tests.");
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*_[A-Za-z0-9_]*[a-z][A-Za-z0-9_]*)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"public (?:async )?(?:Task|void) ([A-Z][A-Za-z0-9_]+)\(")]
    private static partial Regex Test();
}
