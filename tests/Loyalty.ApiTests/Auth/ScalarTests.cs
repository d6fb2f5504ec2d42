using System.Text.Json;

namespace Loyalty.ApiTests.Auth;

/// <summary>The reference at <c>/scalar</c> signs a person in, in a real browser. Skipped where there is no Chromium or no Node.js.</summary>
public sealed class ScalarTests(SharedHost host)
{
    [Fact]
    public async Task A_person_signs_in_from_the_reference_and_the_sign_in_page_works_without_scripts()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "Needs Debian's chromium.");
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        var output = await NodePackages.RunAsync("scalar.cjs", host.Address.ToString().TrimEnd('/'), "demo", "manager", HostProcess.ManagerPassword, folder);
        var found = JsonElement.Parse(output.Split('\n').Single(line => line.StartsWith("RESULT ", StringComparison.Ordinal))["RESULT ".Length..]);
        Assert.Equal(("manager", "demo"), (found.GetProperty("me").GetProperty("body").Text("login"), found.GetProperty("me").GetProperty("body").Text("tenant")));
        Assert.Empty(found.GetProperty("errors").EnumerateArray());
        Assert.Equal("Signed in", found.Text("scripts"));
    }
}
