using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.ApiTests.Stats;

/// <summary>Answers come from the days and totals alone; where those are damaged, an operator has them counted anew from the facts.</summary>
public sealed class RebuildTests : IAsyncLifetime
{
    private readonly HostProcess host = new();
    private HttpClient manager = null!;
    private MongoClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host.OpenStore();
        await host.StartAsync();
        manager = await host.AsManagerAsync();
        client = new MongoClient(host.Database);
        await Campaigns.RunAsync(manager, "spring", Campaigns.CouponThenOrders("spring", "tags.spring", "true"));
        for (var batch = 0; batch < 3; batch++)
            await CampaignStatsTests.PostAsync(manager, [.. Enumerable.Range(0, 100).Select(number => $$"""{ "event": "PROPERTIES", "account": "a{{batch}}-{{number}}", "addTags": ["spring"] }""")]);
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        manager?.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Figures_are_answered_without_the_facts()
    {
        var before = await CampaignStatsTests.StatsAsync(manager, "spring");
        Assert.Equal(300, before.Global.GetProperty("totals").GetProperty("joins").GetInt32());

        await Collection("facts").DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, TestContext.Current.CancellationToken);
        await Collection("moves").DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, TestContext.Current.CancellationToken);

        var after = await CampaignStatsTests.StatsAsync(manager, "spring");
        Assert.Equal((before.Period.GetRawText(), before.Global.GetRawText()), (after.Period.GetRawText(), after.Global.GetRawText()));
    }

    [Fact]
    public async Task Damaged_days_and_totals_are_healed_by_a_rebuild()
    {
        // Note: facts of another year as well, so that the rebuild has a long way to go.
        var template = await Collection("facts").Find(Of("spring")).FirstAsync(TestContext.Current.CancellationToken);
        await Collection("facts").InsertManyAsync(Enumerable.Range(0, 40).Select(number => Copy(template, number)), cancellationToken: TestContext.Current.CancellationToken);
        var (right, _) = await CampaignStatsTests.StatsAsync(manager, "spring");
        await Collection("days").UpdateManyAsync(Of("spring"), Builders<BsonDocument>.Update.Set("figures.joins", 7).Set("figures.couponsGiven", 0), cancellationToken: TestContext.Current.CancellationToken);
        await Collection("days").InsertOneAsync(new BsonDocument
        {
            ["_id"] = "demo/spring/2025-06-01",
            ["lastPass"] = 1,
            ["tenant"] = "demo",
            ["campaign"] = "spring",
            ["day"] = "2025-06-01",
            ["figures"] = new BsonDocument("joins", 99),
        }, cancellationToken: TestContext.Current.CancellationToken);
        await Collection("totals").DeleteOneAsync(Builders<BsonDocument>.Filter.Eq("_id", "demo/spring"), TestContext.Current.CancellationToken);
        Assert.Equal(7, (await CampaignStatsTests.StatsAsync(manager, "spring")).Period.GetProperty("totals").GetProperty("joins").GetInt32());

        await manager.PostJsonAsync("api/operations/stats/spring/rebuild", "", 202);
        await CampaignStatsTests.PostAsync(manager, """{ "event": "PROPERTIES", "account": "meanwhile", "addTags": ["spring"] }""");
        await Eventually.TrueAsync(async () => (await GlobalAsync()).TryGetProperty("rebuiltAt", out _), "the figures have been counted anew");

        var (period, global) = await CampaignStatsTests.StatsAsync(manager, "spring");
        Assert.Equal(right.GetProperty("totals").GetProperty("joins").GetInt32() + 1, period.GetProperty("totals").GetProperty("joins").GetInt32());
        Assert.Equal(301, period.GetProperty("totals").GetProperty("couponsGiven").GetInt32());
        var old = await manager.GetJsonAsync("api/stats/campaign?name=spring&from=2025-01-01&to=2025-12-31");
        Assert.Equal(40, old.GetProperty("totals").GetProperty(FigureOf(template)).GetInt32());
        Assert.Equal(40, old.GetProperty("days").EnumerateArray().Count(day => day.GetProperty("figures").GetProperty(FigureOf(template)).GetInt32() > 0));
        Assert.Equal(301, global.GetProperty("totals").GetProperty("joins").GetInt32() - (FigureOf(template) == "joins" ? 40 : 0));
        Assert.Equal("2025-01-01", global.Text("firstDay"));
    }

    [Fact]
    public async Task Damaged_days_of_segments_are_healed_by_a_rebuild()
    {
        var template = await Collection("moves").Find(Builders<BsonDocument>.Filter.Exists("from", false)).FirstAsync(TestContext.Current.CancellationToken);
        await Collection("moves").InsertManyAsync(Enumerable.Range(0, 40).Select(number => Copy(template, number)), cancellationToken: TestContext.Current.CancellationToken);
        var right = Sum((await manager.GetJsonAsync("api/stats/segments")).GetProperty("days")[29]);
        await Collection("segments").UpdateManyAsync(Builders<BsonDocument>.Filter.Empty, Builders<BsonDocument>.Update.Set("accounts", new BsonDocument("LOST", 3L)), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(3, Sum((await manager.GetJsonAsync("api/stats/segments")).GetProperty("days")[29]));

        await manager.PostJsonAsync("api/operations/segments/rebuild", "", 202);
        await CampaignStatsTests.PostAsync(manager, """{ "event": "LOGIN", "account": "meanwhile" }""");

        await Eventually.TrueAsync(
            async () => Sum((await manager.GetJsonAsync("api/stats/segments")).GetProperty("days")[29]) == right + 40 + 1, "the days have been counted anew");
        var old = (await manager.GetJsonAsync("api/stats/segments?from=2025-01-01&to=2025-12-31")).GetProperty("days").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range(0, 200).Select(day => day / 5 + 1), old.Take(200).Select(Sum));
        Assert.All(old.Skip(200), day => Assert.Equal(40, Sum(day)));
    }

    private static int Sum(JsonElement day) => day.GetProperty("accounts").EnumerateObject().Sum(segment => segment.Value.GetInt32());

    private async Task<JsonElement> GlobalAsync() => await manager.GetJsonAsync("api/stats/campaign/global?name=spring");

    private IMongoCollection<BsonDocument> Collection(string name) => client.GetDatabase(host.Database.DatabaseName).GetCollection<BsonDocument>($"stats.{name}");

    private static FilterDefinition<BsonDocument> Of(string campaign) => Builders<BsonDocument>.Filter.Eq("campaign", campaign);

    private static BsonDocument Copy(BsonDocument template, int number)
    {
        var copy = (BsonDocument)template.DeepClone();
        copy["_id"] = $"old-{number}";
        copy["day"] = new DateOnly(2025, 1, 1).AddDays(number * 5).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return copy;
    }

    private static string FigureOf(BsonDocument fact) => fact["kind"] == "Joined" ? "joins" : "couponsGiven";
}
