using System.Diagnostics;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.ApiTests.Campaigning;

/// <summary>A campaign for a crowd of 100,000: previewed, then initialized while events go on and the host is killed.</summary>
public sealed class CrowdTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Count = 100_000;
    private const string Campaign = "crowd";

    /// <summary>All groups of fields and all operators. Of 60 accounts in a row it chooses those whose number has no remainder by 3 and one of 1 by 5.</summary>
    private const string Constraints =
        """
        [{ "field": "tags.third", "op": "EQ", "value": ["true"] },
         { "field": "tags.banned", "op": "NE", "value": ["true"] },
         { "field": "counters.rest", "op": "GTE", "value": ["1"] },
         { "field": "counters.rest", "op": "LT", "value": ["2"] },
         { "field": "counters.unknown", "op": "LTE", "value": ["0"] },
         { "field": "properties.colour", "op": "IN", "value": ["red", "blue"] },
         { "field": "properties.note", "op": "EXISTS" },
         { "field": "venues.old-town", "op": "EXISTS", "value": ["false"] },
         { "field": "header.firstName", "op": "EQ", "value": ["Anna"] },
         { "field": "header.created", "op": "GT", "value": ["-P3650D"] },
         { "field": "header.birthdate", "op": "LT", "value": ["2000-01-01"] },
         { "field": "header.lastOrder", "op": "EXISTS", "value": ["false"] }]
        """;

    private static readonly int Expected = Enumerable.Range(0, Count).Count(number => number % 3 == 0 && number % 5 == 1);

    private readonly HostProcess host = new();

    public async ValueTask InitializeAsync()
    {
        host.OpenStore();
        await host.StartAsync();
        using var partner = await host.AsPartnerAsync();
        await partner.PostJsonAsync("api/event",
            """
            [{ "event": "PROFILE", "account": "crowd-000000", "firstName": "Anna", "birthdate": "1990-01-01" },
             { "event": "PROPERTIES", "account": "crowd-000000", "properties": { "note": "x", "colour": "red" } },
             { "event": "COUNTERS", "account": "crowd-000000", "counters": { "rest": 0 } }]
            """);
        await CopyAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Initialize_enrols_whom_preview_found_once_each_though_the_host_is_killed_and_events_go_on()
    {
        using var partner = await host.AsPartnerAsync();
        await partner.PostJsonAsync("api/campaign", $$"""
            { "id": "{{Campaign}}", "type": "STANDARD", "name": "For a crowd", "constraints": {{Constraints}}, "states": [{{Campaigns.Hello}}] }
            """);
        var preview = await partner.GetJsonAsync($"api/campaign/{Campaign}/preview");
        Assert.Equal(Expected, preview.GetProperty("cnt").GetInt32());

        var watch = Stopwatch.StartNew();
        var answered = await partner.PostJsonAsync($"api/campaign/{Campaign}/initialize", "");
        Assert.Equal("INITIALIZING", answered.Text("status"));
        output.WriteLine($"initialize answered in {watch.ElapsedMilliseconds} ms");
        var joined = await BeginToMatchAsync(1);
        foreach (var part in new[] { 0.2, 0.5 })
        {
            await Eventually.TrueAsync(async () => await ProgressAsync() > Expected * part, $"{part:P0} are enrolled");
            await host.RestartAsync();
            joined += await BeginToMatchAsync((int)(part * 10));
        }
        await Eventually.TrueAsync(async () => (await CampaignAsync()).Text("status") == "RUNNING", "the campaign runs");
        output.WriteLine($"{Expected:N0} of {Count:N0} enrolled after {watch.Elapsed.TotalSeconds:0.0} s, with two kills");

        // Note: the collections that a pass changes are written one beside the other, so that a reader may see one a moment before the other.
        await Eventually.TrueAsync(async () => await MembershipsAsync() == await ProgressAsync(), "all of the last pass is written");
        Assert.Equal(Expected + joined, await ProgressAsync());
        Assert.Equal(Expected + joined, await JoinsAsync());
        await BeginToMatchAsync(9);
        Assert.Equal(Expected + joined, await ProgressAsync());
        Assert.Equal("hello", Campaigns.StateIn(await partner.GetJsonAsync("api/account/crowd-000006"), Campaign));
        Assert.Null(Campaigns.StateIn(await partner.GetJsonAsync("api/account/crowd-000000"), Campaign));
    }

    /// <summary>Accounts that did not match, the last of them before and behind wherever the chain is; answers how many begin to.</summary>
    private async Task<int> BeginToMatchAsync(int step)
    {
        using var partner = await host.AsPartnerAsync();
        string[] accounts = [$"crowd-{30 * step:000000}", $"crowd-{50_010 + 30 * step:000000}", $"crowd-{Count - 40 - 30 * step:000000}"];
        var watch = Stopwatch.StartNew();
        var outcomes = await partner.PostJsonAsync("api/event", $"[{string.Join(',', accounts.Select(account =>
            $$"""{ "event": "COUNTERS", "account": "{{account}}", "counters": { "rest": 1 } }, { "event": "PROPERTIES", "account": "{{account}}", "addTags": ["third"] }"""))}]");
        Assert.All(outcomes.EnumerateArray(), outcome => Assert.Equal("APPLIED", outcome.Text("status")));
        output.WriteLine($"events beside it were answered in {watch.ElapsedMilliseconds} ms");
        return accounts.Length;
    }

    private async Task<JsonElement> CampaignAsync()
    {
        using var partner = await host.AsPartnerAsync();
        return await partner.GetJsonAsync($"api/campaign/{Campaign}");
    }

    private async Task<int> ProgressAsync() => (await CampaignAsync()).GetProperty("cnt").GetInt32();

    private async Task<long> JoinsAsync()
    {
        using var partner = await host.AsPartnerAsync();
        return (await partner.GetJsonAsync($"api/stats/campaign?name={Campaign}")).GetProperty("days").EnumerateArray()
            .Sum(day => day.GetProperty("figures").GetProperty("joins").GetInt64());
    }

    private Task<long> MembershipsAsync()
    {
        var client = new MongoClient(host.Database.ToString());
        return client.GetDatabase(host.Database.DatabaseName).GetCollection<BsonDocument>("campaigns.memberships")
            .CountDocumentsAsync(new BsonDocument("campaign", Campaign), cancellationToken: TestContext.Current.CancellationToken);
    }

    private async Task CopyAsync()
    {
        using var client = new MongoClient(host.Database.ToString());
        var accounts = client.GetDatabase(host.Database.DatabaseName).GetCollection<BsonDocument>("accounts.accounts");
        var model = await accounts.Find(new BsonDocument("id", "crowd-000000")).SingleAsync();
        await accounts.DeleteOneAsync(new BsonDocument("_id", model["_id"]));
        foreach (var numbers in Enumerable.Range(0, Count).Chunk(2000))
            await accounts.InsertManyAsync(numbers.Select(number => Copy(model, number)), new InsertManyOptions { IsOrdered = false });
    }

    private static BsonDocument Copy(BsonDocument model, int number)
    {
        var copy = (BsonDocument)model.DeepClone();
        var id = $"crowd-{number:000000}";
        copy["_id"] = model["_id"].AsString.Replace("crowd-000000", id, StringComparison.Ordinal);
        copy["id"] = id;
        copy["incarnation"] = $"{number:x32}";
        copy["search"][0] = id;
        copy["counters"]["rest"] = new BsonDecimal128(number % 5);
        copy["tags"] = new BsonArray(number % 3 == 0 ? ["third"] : Array.Empty<string>());
        return copy;
    }
}
