using System.Globalization;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Events.Contracts;
using Loyalty.Time;
using Loyalty.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Accounts;

/// <summary>How lists and exports reach the database.</summary>
public sealed class AccountListsTests(AccountDatabase database) : IClassFixture<AccountDatabase>, IAsyncLifetime
{
    private const string Tenant = "brand";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly AccountLists lists = new(database.Database);

    public async ValueTask InitializeAsync()
    {
        var collection = database.Database.GetCollection<Account>(AccountStore.Name);
        await collection.DeleteManyAsync(FilterDefinition<Account>.Empty);
        await collection.InsertManyAsync(Enumerable.Range(0, 1000).Select(Member));
        database.TakeCommands();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("", "id", "tenant_1_id_1")]
    [InlineData("", "created", "tenant_1_header.created_1_id_1")]
    [InlineData("", "lastOrder", "tenant_1_header.lastOrder_1_id_1")]
    [InlineData("", "segment", "tenant_1_segment_1_id_1")]
    [InlineData("id", "id", "_id_")]
    [InlineData("q", "id", "tenant_1_search_1_id_1")]
    [InlineData("card", "id", "tenant_1_search_1_id_1")]
    [InlineData("phone", "id", "tenant_1_search_1_id_1")]
    [InlineData("email", "id", "tenant_1_search_1_id_1")]
    [InlineData("tag", "id", "tenant_1_tags_1_id_1")]
    [InlineData("venue", "id", "tenant_1_venues_1_id_1")]
    [InlineData("segment", "id", "tenant_1_segment_1_id_1")]
    [InlineData("campaign", "id", "tenant_1_campaigns._id_1_campaigns.state_1_id_1")]
    [InlineData("state", "id", "tenant_1_campaigns.state_1_id_1")]
    [InlineData("createdFrom", "id", "tenant_1_header.created_1_id_1")]
    [InlineData("lastOrderTo", "lastOrder", "tenant_1_header.lastOrder_1_id_1")]
    public async Task Every_filter_and_order_of_a_list_is_served_by_an_index(string field, string sort, string index)
    {
        var filter = new Dictionary<string, IReadOnlyList<string>>();
        if (field.Length > 0)
            filter[field] = [field.EndsWith('m') || field.EndsWith('o') ? "2026-02-01" : "x1"];
        var query = new ListQuery(0, 10, sort, Descending: true, filter);

        await lists.PageAsync(Query(query), query, TestContext.Current.CancellationToken);

        var find = database.TakeCommands().First(command => command.Contains("find"));
        foreach (var unwanted in new[] { "lsid", "$db", "$clusterTime", "$readPreference" })
            find.Remove(unwanted);
        var plan = await database.Database.RunCommandAsync<BsonDocument>(new BsonDocument("explain", find), cancellationToken: TestContext.Current.CancellationToken);
        var used = IndexOf(plan["queryPlanner"]["winningPlan"].AsBsonDocument);
        Assert.Equal(index, database.IsEmbedded ? used : used is null ? null : index);
    }

    [Fact]
    public async Task An_export_meets_each_account_once_in_batches_and_ends_the_query_when_nobody_reads_on()
    {
        var everybody = Query(new ListQuery(0, 1, null, false, new Dictionary<string, IReadOnlyList<string>>()));

        var all = await lists.AllAsync(everybody, null, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var read = database.TakeCommands();
        await foreach (var batch in lists.AllAsync(everybody, null, TestContext.Current.CancellationToken))
            if (batch.Count > 0)
                break;

        Assert.Equal(1000, all.SelectMany(batch => batch).Select(account => account.Id).Distinct().Count());
        Assert.All(all, batch => Assert.InRange(batch.Count, 0, 200));
        Assert.DoesNotContain(read, command => command.Contains("killCursors"));
        Assert.Contains(database.TakeCommands(), command => command.Contains("killCursors"));
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_query()
    {
        using var gone = new CancellationTokenSource();
        var everybody = Query(new ListQuery(0, 1, null, false, new Dictionary<string, IReadOnlyList<string>>()));
        var rows = lists.AllAsync(everybody, null, gone.Token).Select(batch => batch.Select(account => account.Id));
        var context = new DefaultHttpContext { RequestAborted = gone.Token, RequestServices = new ServiceCollection().AddOptions().BuildServiceProvider() };
        context.Response.Body = new BodyOfSomebodyWhoLeaves(gone);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExportAnswer<string>("ids", ExportFormats.Lines, rows, [], new CsvForm(',', false)).ExecuteAsync(context));

        var sent = database.TakeCommands();
        Assert.Contains(sent, command => command.Contains("killCursors"));
        Assert.InRange(sent.Count(command => command.Contains("getMore")), 0, 1);
    }

    /// <summary>Note: midnight comes twice in the first two, and not at all in the third; statistics count by the same days.</summary>
    [Theory]
    [InlineData("Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z")]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z")]
    [InlineData("Europe/Warsaw", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    public async Task A_day_of_a_filter_is_the_day_of_the_statistics(string zone, string day, string begins, string ends)
    {
        var collection = database.Database.GetCollection<Account>(AccountStore.Name);
        var (first, end) = (DateTimeOffset.Parse(begins, CultureInfo.InvariantCulture), DateTimeOffset.Parse(ends, CultureInfo.InvariantCulture));
        DateTimeOffset[] instants = [first.AddMilliseconds(-1), first, end.AddMilliseconds(-1), end];
        await collection.InsertManyAsync(instants.Select((instant, number) => Member(2000 + number) with { Header = new AccountHeader { Created = instant } }), cancellationToken: TestContext.Current.CancellationToken);
        var query = new ListQuery(0, 10, null, false, new Dictionary<string, IReadOnlyList<string>> { ["createdFrom"] = [day], ["createdTo"] = [day] });

        var (found, _) = await lists.PageAsync(AccountQuery.Of(new Tenant(Tenant, Tenant, zone), AccountFilterReader.Read(query), Now), query, TestContext.Current.CancellationToken);

        Assert.Equal(["x2001", "x2002"], found.Select(account => account.Id));
        Assert.Equal([false, true, true, false], instants.Select(instant => Zone.Of(zone).DayOf(instant) == IsoDate.Read(day)));
    }

    private static AccountQuery Query(ListQuery query) =>
        AccountQuery.Of(new Tenant(Tenant, Tenant), AccountFilterReader.Read(query), Now);

    private static string? IndexOf(BsonDocument plan) =>
        plan.TryGetValue("indexName", out var name) ? name.AsString
        : plan.Values.SelectMany(value => value is BsonArray many ? many.OfType<BsonDocument>() : value is BsonDocument one ? [one] : []).Select(IndexOf).FirstOrDefault(found => found is not null);

    private static Account Member(int number) => new()
    {
        Key = Key.Of(Tenant, $"x{number}"),
        Tenant = Tenant,
        Id = $"x{number}",
        Incarnation = "",
        Mgm = "",
        Card = $"card{number}",
        Segment = $"x{number % 7}",
        Header = new AccountHeader { Phone = $"{number}", Email = $"{number}@example.com", Created = Now.AddHours(-number), LastOrder = number % 2 == 0 ? Now.AddHours(-number) : null },
        Tags = [$"x{number % 9}", "all"],
        Venues = [$"x{number % 8}", "all"],
        Campaigns = [new CampaignPosition($"x{number % 6}", $"x{number % 5}"), new CampaignPosition("all", "first")],
    };

    private sealed class BodyOfSomebodyWhoLeaves(CancellationTokenSource gone) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            await gone.CancelAsync();
        }
    }
}
