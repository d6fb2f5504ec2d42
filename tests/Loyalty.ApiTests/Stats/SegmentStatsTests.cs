using System.Text.Json;
using Loyalty.ApiTests.Accounts;

namespace Loyalty.ApiTests.Stats;

/// <summary>The segments of a tenant of its own: 25 members, five of whom have ordered.</summary>
public sealed class SegmentStatsTests(Members members) : IClassFixture<Members>
{
    [Fact]
    public async Task Members_are_counted_in_the_default_segments_and_in_others_when_the_tenant_has_others()
    {
        var loyalty = $"auth-api/api/tenant/{members.Name}/loyalty";
        var stats = await members.Statistician.GetJsonAsync("api/stats/segments");
        Assert.Equal(["NEW", "LOYAL", "ACTIVE", "AT_RISK", "LOST"], stats.GetProperty("segments").EnumerateArray().Select(segment => segment.Text("name")));
        Assert.All(stats.GetProperty("segments").EnumerateArray(), segment => Assert.True(segment.TryGetProperty("computedAt", out _)));
        Assert.Equal(30, stats.GetProperty("days").GetArrayLength());
        Assert.Equal("""{"ACTIVE":0,"AT_RISK":0,"LOST":0,"LOYAL":0,"NEW":0}""", stats.GetProperty("days")[0].GetProperty("accounts").GetRawText());
        var today = stats.GetProperty("days")[29];
        Assert.Equal(20, today.GetProperty("accounts").GetProperty("NEW").GetInt32());
        Assert.Equal(25, Sum(today));
        Assert.Contains(today.GetProperty("moves").EnumerateArray(), move => !move.TryGetProperty("from", out _) && move.Text("to") == "NEW" && move.GetProperty("count").GetInt32() == 25);
        Assert.Equal(20, (await Page.GetAsync(members.Manager, "segment=NEW")).Total);
        Assert.Equal("NEW", (await members.Manager.GetJsonAsync("api/account/m01")).Text("segment"));

        const string Others = """{ "segments": [{ "name": "THIRD", "constraints": [{ "field": "tags.third", "op": "EQ", "value": ["true"] }] }, { "name": "REST", "constraints": [] }] }""";
        Assert.Equal(["THIRD", "REST"], Names(await members.Manager.PutJsonAsync(loyalty, Others)));
        Assert.Equal(["THIRD", "REST"], Names(await members.Manager.GetJsonAsync(loyalty)));
        // Note: a change of other settings leaves the segments.
        Assert.Equal(["THIRD", "REST"], Names(await members.Manager.PutJsonAsync(loyalty, """{ "importantTags": ["third"] }""")));
        await Eventually.TrueAsync(
            async () => (await members.Statistician.GetJsonAsync("api/stats/segments")).GetProperty("segments")[0].TryGetProperty("computedAt", out _), "all are placed");
        await members.PostAsync(["""{ "event": "LOGIN", "account": "m01" }"""]);
        today = (await members.Statistician.GetJsonAsync("api/stats/segments")).GetProperty("days")[29];
        Assert.Equal("""{"REST":16,"THIRD":9}""", today.GetProperty("accounts").GetRawText());
        Assert.Equal(9, (await Page.GetAsync(members.Manager, "segment=THIRD")).Total);
    }

    [Theory]
    [InlineData("""[{ "name": "a b", "constraints": [] }]""", "segments[0].name")]
    [InlineData("""[{ "name": "A", "constraints": [] }, { "name": "A", "constraints": [] }]""", "segments")]
    [InlineData("""[{ "name": "A", "constraints": [{ "field": "header.phone", "op": "EQ", "value": ["1"] }] }]""", "segments[0].constraints[0].field")]
    [InlineData("""[{ "name": "A", "constraints": [{ "field": "header.lastOrder", "op": "GT", "value": ["soon"] }] }]""", "segments[0].constraints[0].value")]
    [InlineData("""[null]""", "segments[0]")]
    public async Task A_segment_that_cannot_be_is_refused_with_its_place(string segments, string path)
    {
        var problem = await members.Manager.PutJsonAsync($"auth-api/api/tenant/{members.Name}/loyalty", $$"""{ "segments": {{segments}} }""", 400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(path, out _), problem.GetRawText());
    }

    [Fact]
    public async Task Seventeen_segments_are_too_many()
    {
        var segments = string.Join(',', Enumerable.Range(0, 17).Select(number => $$"""{ "name": "S{{number}}", "constraints": [] }"""));

        await members.Manager.PutJsonAsync($"auth-api/api/tenant/{members.Name}/loyalty", $$"""{ "segments": [{{segments}}] }""", 400);
    }

    private static int Sum(JsonElement day) => day.GetProperty("accounts").EnumerateObject().Sum(segment => segment.Value.GetInt32());

    private static IEnumerable<string> Names(JsonElement settings) => settings.GetProperty("segments").EnumerateArray().Select(segment => segment.Text("name"));
}
