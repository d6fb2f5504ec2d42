using System.Text.Json;
using Loyalty.Accounts;
using Loyalty.Events.Contracts;
using Loyalty.Modularity;
using Loyalty.Passes.Loading;
using Loyalty.Passes.Records;
using Loyalty.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Passes;

/// <summary>What passes leave behind, and what is made of it by whoever takes over.</summary>
public sealed class PassRecordTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-records-");
    private WebApplication app = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IMongoDatabase Database => app.Services.GetRequiredService<IMongoDatabase>();

    private IMongoCollection<PassRecord> Records => Database.GetCollection<PassRecord>("events.passes");

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Delete(true);
    }

    [Fact]
    public async Task When_nothing_is_left_to_do_one_empty_record_is_left()
    {
        for (var index = 0; index < 5; index++)
            await PostAsync(Visit("anna", $"v{index}"));
        await Eventually.TrueAsync(async () => await All() is [{ Writes: [], Updates: [], Entries: [] }], "one empty record is left");
        Assert.Equal(5, (await Database.GetCollection<BsonDocument>("events.inbox").Find(new BsonDocument("state", "Done")).ToListAsync(Stop)).Count);
    }

    [Fact]
    public async Task Records_do_not_pile_up_while_there_is_always_something_to_do()
    {
        var most = 0L;
        for (var index = 0; index < 100; index++)
        {
            await PostAsync(Visit("anna", $"v{index}"));
            most = Math.Max(most, await Records.CountDocumentsAsync(FilterDefinition<PassRecord>.Empty, cancellationToken: Stop));
        }
        Assert.InRange(most, 1, 25);
    }

    [Fact]
    public async Task Whoever_takes_over_does_again_what_follows_the_last_that_is_applied_and_nothing_before()
    {
        await StopAsync();
        await StartAsync(async () =>
        {
            await Records.DeleteManyAsync(FilterDefinition<PassRecord>.Empty, Stop);
            await Records.InsertManyAsync([Record(1000, 998), Record(1001, 999), Record(1002, 1000)], cancellationToken: Stop);
        });
        await Eventually.TrueAsync(async () => await All() is [{ Number: > 1003, Writes: [] }], "one empty record is left");
        var written = await Database.GetCollection<BsonDocument>("scratch").Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Stop);
        Assert.Equal([1001, 1002], written.Select(document => document["_id"].ToInt64()).Order());
        Assert.Equal([OutcomeStatus.Applied], await PostAsync(Visit("anna", "afterwards")));
    }

    [Fact]
    public async Task A_host_that_comes_back_late_does_not_get_a_number_whose_record_was_removed()
    {
        var store = app.Services.GetRequiredService<PassStore>();
        await PostAsync(Visit("anna", "v1"));
        await PostAsync(Visit("anna", "v2"));
        await Eventually.TrueAsync(async () => await All() is [{ Number: > 2 }], "one record is left");
        var newest = (await All())[0].Number;
        Assert.False(await store.TryAddAsync(Record(newest - 1, newest - 2), Stop));
        Assert.False(await store.TryAddAsync(Record(newest, newest - 1), Stop));

        await StopAsync();
        await StartAsync();
        await Eventually.TrueAsync(async () => await All() is [{ Writes: [] }], "one empty record is left");
        Assert.Empty(await Database.GetCollection<BsonDocument>("scratch").Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Stop));
    }

    [Fact]
    public async Task An_erasure_blanks_also_what_came_in_the_same_batch()
    {
        await PostAsync(Visit("anna", "before"), Visit("anna", "beside"), Visit("bob", "other"), Of(new DeletedEvent { Account = "anna" }, "gone"));
        var bodies = await Database.GetCollection<BsonDocument>("events.inbox").Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Stop);
        var blanked = bodies.Where(entry => entry["body"] == "{}").ToList();
        Assert.Equal(new[] { Id("before"), Id("beside") }.Order(), blanked.Select(entry => entry["_id"].AsString).Order());
        Assert.All(blanked, entry => Assert.Equal("", entry["eventId"].AsString));
    }

    [Fact]
    public async Task A_late_inbox_update_does_not_undo_what_a_later_pass_has_said()
    {
        await PostAsync(Visit("anna", "v1"));
        var inbox = app.Services.GetRequiredService<InboxStore>();
        await Eventually.TrueAsync(async () => await StateAsync() == EntryState.Done, "the inbox knows that it is done");
        var entry = (await inbox.FindAsync([Id("v1")], Stop))[Id("v1")];
        await inbox.UpdateAsync([new InboxUpdate(entry.Id, entry.Position, EntryState.Parked, entry.Outcome!, "anna", "late", null, null, null)], 1, Stop);
        Assert.Equal(EntryState.Done, await StateAsync());

        async Task<EntryState?> StateAsync() => (await inbox.FindAsync([Id("v1")], Stop)).GetValueOrDefault(Id("v1"))?.State;
    }

    [Fact]
    public async Task What_was_decided_before_it_was_stored_takes_the_place_of_the_same_that_another_host_has_stored_since()
    {
        var inbox = app.Services.GetRequiredService<InboxStore>();
        var decided = Decided("direct", 7);
        await inbox.InsertAsync([Undecided("direct", 8)], Stop);
        await inbox.PutAsync([PassBytes.Of(decided), PassBytes.Of(Decided("beside", 9))], 1_000_000, Stop);
        var found = await inbox.FindAsync([Id("direct"), Id("beside")], Stop);
        Assert.Equal(7, found[Id("direct")].Position);
        Assert.Equal([EntryState.Done, EntryState.Done], found.Values.Select(entry => entry.State));
    }

    [Fact]
    public async Task What_was_decided_before_it_was_stored_never_takes_the_place_of_what_was_mended_since()
    {
        var inbox = app.Services.GetRequiredService<InboxStore>();
        var refused = Decided("refused", 7);
        await inbox.PutAsync([PassBytes.Of(refused)], 1_000_000, Stop);
        await inbox.ResendAsync(refused, Undecided("refused", 8), Stop);
        await inbox.PutAsync([PassBytes.Of(refused)], 1_000_000, Stop);
        Assert.Equal(8, (await inbox.FindAsync([Id("refused")], Stop))[Id("refused")].Position);
    }

    [Fact]
    public async Task A_record_has_the_bytes_of_its_fields_however_large_it_is()
    {
        var record = Record(3, 2) with { Entries = [.. Enumerable.Range(0, 5000).Select(index => PassBytes.Of(Decided($"{index}", index)))] };
        await app.Services.GetRequiredService<PassStore>().TryAddAsync(record with { Number = 5_000_000 }, Stop);
        var read = await Records.Find(found => found.Number == 5_000_000).SingleAsync(Stop);
        Assert.Equal(record.Entries, read.Entries);
    }

    private static string Id(string eventId) => EntryId.Of("demo", eventId);

    /// <summary>Note: one that waits, so that the host that runs beside does not decide it.</summary>
    private static InboxEntry Undecided(string eventId, long position) =>
        InboxEntry.Of(new NewEntry("demo", eventId, "test.none", null, DateTimeOffset.UnixEpoch, "{}"), DateTimeOffset.UnixEpoch, position) with { State = EntryState.Waiting };

    private static InboxEntry Decided(string eventId, long position) => Undecided(eventId, position) with
    {
        State = EntryState.Done,
        Outcome = Outcome.Rejected(EntryProblem.Of("refused", "It was refused.")),
        LastPass = 1_000_000,
    };

    private Task<List<PassRecord>> All() => Records.Find(FilterDefinition<PassRecord>.Empty).ToListAsync(Stop);

    private async Task StartAsync(Func<Task>? before = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["EmbeddedStore:Path"] = Path.Combine(folder.FullName, "loyalty.db");
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules<AccountsModule>();
        app = builder.Build();
        app.UseModules();
        if (before is not null)
            await before();
        await app.StartAsync(Stop);
    }

    private async Task StopAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task<OutcomeStatus[]> PostAsync(params NewEntry[] entries) =>
        [.. (await app.Services.GetRequiredService<IInbox>().PostAsync(entries, Stop)).Select(outcome => outcome.Status)];

    private static PassRecord Record(long number, long applied) => new()
    {
        Number = number,
        Applied = applied,
        Holder = "another host",
        At = DateTimeOffset.UnixEpoch,
        Writes = [new CollectionWrites { Collection = "scratch", Insertions = [new RawBsonDocument(new BsonDocument("_id", number).ToBson())] }],
    };

    private static NewEntry Visit(string account, string id) =>
        Of(new CountersEvent { Account = account, Counters = new Dictionary<string, decimal> { ["visits"] = 1 } }, id);

    private static NewEntry Of(LoyaltyEvent happened, string id) => new("demo", id, EntryKindAttribute.Of(happened.GetType()), happened.Account, DateTimeOffset.UnixEpoch,
        JsonSerializer.Serialize(happened, happened.GetType(), JsonSettings.Options));
}
