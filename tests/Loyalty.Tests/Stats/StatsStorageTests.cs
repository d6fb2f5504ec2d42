using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Stats;
using Loyalty.Tests.Accounts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Stats;

/// <summary>How statistics reach the database.</summary>
public sealed class StatsStorageTests(AccountDatabase database) : IClassFixture<AccountDatabase>
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly string[] Some = ["other", "spring", "spring-2"];
    private static readonly CampaignFactKind[] Kinds = Enum.GetValues<CampaignFactKind>();

    [Fact]
    public async Task A_year_of_daily_figures_is_one_query_by_an_index_that_looks_at_the_days_of_that_campaign_alone()
    {
        var store = new DayStore(database.Database);
        await store.CreateIndexesAsync(TestContext.Current.CancellationToken);
        await database.Database.GetCollection<CampaignDay>(DayStore.Name).InsertManyAsync(
            from campaign in Some
            from day in Enumerable.Range(-500, 1000)
            select CampaignDay.Empty("brand", campaign, Monday.AddDays(day)) with { Figures = new FigureCounter().Count(CampaignFactKind.Joined, null, null, 2740).Figures },
            cancellationToken: TestContext.Current.CancellationToken);
        database.TakeCommands();

        var days = await store.OfPeriodAsync("brand", "spring", Monday, Monday.AddDays(364), TestContext.Current.CancellationToken);

        Assert.Equal(365, days.Count);
        Assert.Equal(1_000_100, days.Sum(day => day.Figures.Joins));
        var sent = database.TakeCommands().Where(command => !command.Contains("getMore")).ToArray();
        Assert.Equal(DayStore.Name, Assert.Single(sent)["find"]);
        await AssertIndexAsync(sent[0], "tenant_1_campaign_1_day_1", 365);
    }

    [Fact]
    public async Task Accounts_that_time_has_moved_are_found_by_an_index_that_looks_at_them_alone()
    {
        var store = new AccountStore(database.Database);
        await store.CreateIndexesAsync(TestContext.Current.CancellationToken);
        await database.Database.GetCollection<Account>(AccountStore.Name).InsertManyAsync(
            Enumerable.Range(0, 1000).Select(number => Campaigns.Given.Account($"moved{number}") with { SegmentDue = number % 3 == 0 ? null : Campaigns.Given.Noon.AddDays(number) }),
            cancellationToken: TestContext.Current.CancellationToken);
        database.TakeCommands();

        var due = await store.SegmentDueAsync(Campaigns.Given.Tenant, Campaigns.Given.Noon.AddDays(100), null, 500, TestContext.Current.CancellationToken);

        Assert.Equal(67, due.Count);
        Assert.Equal("moved1", due[0].Id);
        await AssertIndexAsync(database.TakeCommands().Single(command => command.Contains("find")), "tenant_1_segmentDue_1_id_1", 67);
    }

    [Fact]
    public async Task What_the_database_counts_is_what_a_counter_counts()
    {
        var store = new FactStore(database.Database);
        await store.CreateIndexesAsync(TestContext.Current.CancellationToken);
        var random = new Random(26);
        Fact[] facts = [.. Enumerable.Range(0, 3000).Select(number => new Fact
        {
            Id = $"{number}",
            Tenant = "brand",
            Campaign = number % 4 == 0 ? "other" : "spring",
            Kind = Kinds[random.Next(Kinds.Length)],
            State = random.Next(3) == 0 ? null : $"s{random.Next(4)}",
            Incarnation = "",
            Amount = random.Next(2) == 0 ? null : random.Next(-500, 500) * 0.01m,
            At = PassSimulator.Start,
            Day = Monday.AddDays(random.Next(20)),
        })];
        await database.Database.GetCollection<Fact>(FactStore.Name).InsertManyAsync(facts, cancellationToken: TestContext.Current.CancellationToken);

        var counted = await store.CountAsync("brand", "spring", Monday.AddDays(3), Monday.AddDays(9), TestContext.Current.CancellationToken);

        var wanted = facts.Where(fact => fact.Campaign == "spring" && fact.Day >= Monday.AddDays(3) && fact.Day <= Monday.AddDays(9)).ToLookup(fact => fact.Day);
        Assert.Equal(wanted.Select(day => day.Key).Order(), counted.Keys.Order());
        Assert.All(counted, day => Assert.Equal(FigureCounterTests.Text(new FigureCounter().Count(wanted[day.Key]).Figures), FigureCounterTests.Text(day.Value.Figures)));
        Assert.All(counted, day => Assert.Equal(wanted[day.Key].Count(), day.Value.Facts));
        Assert.Equal(Monday, await store.NextDayAsync("brand", "spring", DateOnly.MinValue, TestContext.Current.CancellationToken));
        Assert.Equal(Monday.AddDays(19), await store.NextDayAsync("brand", "spring", Monday.AddDays(19), TestContext.Current.CancellationToken));
        Assert.Null(await store.NextDayAsync("brand", "spring", Monday.AddDays(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Facts_and_figures_are_read_as_they_were_written_and_name_nobody()
    {
        var figures = Kinds.Aggregate(new FigureCounter(), (counter, kind) => counter.Count(kind, "state", 1.25m, 3)).Figures;
        var day = CampaignDay.Empty("brand", "spring", Monday) with { Figures = figures, Facts = 36, LastPass = 5 };
        var read = MongoDB.Bson.Serialization.BsonSerializer.Deserialize<CampaignDay>(day.ToBson());

        Assert.Equal(FigureCounterTests.Text(figures), FigureCounterTests.Text(read.Figures));
        Assert.Equal((day.Id, day.Day, day.Facts, day.LastPass), (read.Id, read.Day, read.Facts, read.LastPass));
        Assert.Equal("brand/spring/2026-03-02", day.Id);
        Assert.DoesNotContain(typeof(Fact).GetProperties().Concat(typeof(SegmentMove).GetProperties()), property => property.Name is "Account" or "Owner" or "Key");
    }

    private async Task AssertIndexAsync(BsonDocument find, string index, int keys)
    {
        foreach (var unwanted in new[] { "lsid", "$db", "$clusterTime", "$readPreference" })
            find.Remove(unwanted);
        var plan = await database.Database.RunCommandAsync<BsonDocument>(
            new BsonDocument { ["explain"] = find, ["verbosity"] = "executionStats" }, cancellationToken: TestContext.Current.CancellationToken);
        if (database.IsEmbedded)
            Assert.Equal(index, IndexOf(plan["queryPlanner"]["winningPlan"].AsBsonDocument));
        Assert.InRange(plan["executionStats"]["totalDocsExamined"].ToInt32(), keys, keys);
    }

    private static string? IndexOf(BsonDocument plan) =>
        plan.TryGetValue("indexName", out var name) ? name.AsString
        : plan.Values.SelectMany(value => value is BsonArray many ? many.OfType<BsonDocument>() : value is BsonDocument one ? [one] : []).Select(IndexOf).FirstOrDefault(found => found is not null);
}
