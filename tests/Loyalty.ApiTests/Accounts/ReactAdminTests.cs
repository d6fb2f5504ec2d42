using System.Text.Json;

namespace Loyalty.ApiTests.Accounts;

/// <summary>The data providers that react-admin has for both dialects, unchanged from npm, drive the lists.</summary>
public sealed class ReactAdminTests(Members members, SharedHost host) : IClassFixture<Members>
{
    [Fact]
    public async Task Both_data_providers_of_react_admin_work_on_the_lists_as_they_are()
    {
        var printed = JsonElement.Parse(await NodePackages.RunAsync("lists.cjs", $"{host.Address}api", members.ManagerToken));

        foreach (var provider in new[] { "simpleRest", "jsonServer" })
        {
            var seen = printed.GetProperty(provider);
            Assert.Equal(await ListAsync("range=[10,19]"), Text(seen, "secondPage"));
            Assert.Equal("""{"ids":["m24","m21","m18"],"total":9}""", Text(seen, "newestFirst"));
            Assert.Equal("""{"ids":["m02","m20"],"total":6}""", Text(seen, "searched"));
            Assert.Equal("""{"ids":["m15"],"total":1}""", Text(seen, "constrained"));
            Assert.Equal("""{"ids":["m03","m11"]}""", Text(seen, "many"));
            Assert.Equal("""{"ids":["m00","m05","m10","m15","m20"],"total":5}""", Text(seen, "reference"));
            Assert.Equal("Zażółć", seen.Text("one"));
            Assert.Equal(400, seen.GetProperty("refused").GetProperty("status").GetInt32());
            Assert.True(seen.GetProperty("refused").GetProperty("errors").TryGetProperty("colour", out _));
        }
    }

    private async Task<string> ListAsync(string query)
    {
        var page = await Page.GetAsync(members.Manager, query);
        return JsonSerializer.Serialize(new { ids = page.Ids, total = page.Total });
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetRawText();
}
