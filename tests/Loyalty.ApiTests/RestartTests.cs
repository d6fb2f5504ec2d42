using System.Text.RegularExpressions;

namespace Loyalty.ApiTests;

/// <summary>What a start, a second start and a start that dies leave behind.</summary>
public sealed partial class RestartTests
{
    private static readonly string[] Kept = ["api/account/anna", "api/account/bartek", "api/account/chen", "api/campaign/welcome"];

    [Fact]
    public async Task A_second_start_changes_nothing_and_tokens_stay_good()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        using var alice = await host.AsMemberAsync();
        await partner.PostJsonAsync("api/event", Orders.Batch(Orders.Event("kept", "someone-new")));
        var before = await SnapshotAsync(partner, "api/account/someone-new");

        await host.RestartAsync();

        Assert.Equal(before, await SnapshotAsync(partner, "api/account/someone-new"));
        await alice.GetJsonAsync("api/my/account");
        Assert.Single(ShownOnce().Matches(host.Output));
    }

    [Theory, InlineData(300), InlineData(900), InlineData(1500), InlineData(2100)]
    public async Task A_first_start_that_dies_is_finished_by_the_next(int milliseconds)
    {
        await using var host = new HostProcess();
        await host.StartAsync(waitUntilReady: false);
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);

        await host.RestartAsync();

        using var partner = await host.AsPartnerAsync();
        using var manager = await host.AsManagerAsync();
        Assert.Equal(2, (await partner.GetJsonAsync("api/account/anna")).GetProperty("counters").GetProperty("orders").GetInt32());
        Assert.Equal(1, (await partner.GetJsonAsync("api/account/bartek")).GetProperty("counters").GetProperty("orders").GetInt32());
        await Eventually.TrueAsync(async () => (await partner.GetJsonAsync("api/campaign/welcome")).Text("status") == "RUNNING", "the demo campaign runs");
    }

    private static async Task<string> SnapshotAsync(HttpClient partner, string more)
    {
        var answers = new List<string>();
        foreach (var path in Kept.Append(more))
            answers.Add((await partner.GetJsonAsync(path)).GetRawText());
        return string.Join('\n', answers);
    }

    [GeneratedRegex("Demo, shown this once")]
    private static partial Regex ShownOnce();
}
