using System.Text.Json;

namespace Loyalty.ApiTests.Stats;

/// <summary>A host whose clock is moved: what time does to members.</summary>
public sealed class PassingTimeTests
{
    [Fact]
    public async Task A_member_who_does_not_order_goes_from_active_to_at_risk_to_lost_and_the_days_in_between_say_so()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        using (var partner = await host.AsPartnerAsync())
        {
            await CampaignStatsTests.PostAsync(partner, Orders.Event("only", "sleeper"));
            Assert.Equal("ACTIVE", (await partner.GetJsonAsync("api/account/sleeper")).Text("segment"));
        }

        var atRisk = await AfterAsync(host, "P70D", "AT_RISK");
        var today = atRisk.GetProperty("days")[29];
        Assert.Contains(today.GetProperty("moves").EnumerateArray(), move => (move.Text("from"), move.Text("to")) == ("ACTIVE", "AT_RISK"));
        var yesterday = atRisk.GetProperty("days")[28].GetProperty("accounts");
        Assert.True(yesterday.GetProperty("ACTIVE").GetInt32() >= 1);
        Assert.Equal(0, yesterday.GetProperty("AT_RISK").GetInt32());
        Assert.Equal(yesterday.GetRawText(), atRisk.GetProperty("days")[0].GetProperty("accounts").GetRawText());

        var lost = await AfterAsync(host, "P200D", "LOST");
        Assert.Contains(lost.GetProperty("days")[29].GetProperty("moves").EnumerateArray(), move => (move.Text("from"), move.Text("to")) == ("AT_RISK", "LOST"));

        using var again = await host.AsPartnerAsync();
        var schedule = await (await new Tokens(host).ClientAsync(new Tokens(host).OfPersonAsync("demo", "manager", HostProcess.ManagerPassword))).GetJsonAsync("api/operations/schedule");
        Assert.Contains(schedule.EnumerateArray(), item => item.Text("kind") == "accounts.segments");
    }

    /// <summary>Note: tokens of the days before have run out.</summary>
    private static async Task<JsonElement> AfterAsync(HostProcess host, string ahead, string segment)
    {
        host.Settings["Clock__Ahead"] = ahead;
        await host.RestartAsync();
        var tokens = new Tokens(host);
        using var partner = await tokens.ClientAsync(tokens.OfPartnerAsync("demo-partner", HostProcess.ClientSecret));
        await Eventually.TrueAsync(async () => (await partner.GetJsonAsync("api/account/sleeper")).Text("segment") == segment, $"the member is {segment} after {ahead}");
        var stats = await partner.GetJsonAsync("api/stats/segments");
        Assert.True(stats.GetProperty("segments")[0].GetProperty("computedAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow().AddDays(60));
        return stats;
    }
}
