using System.Text.Json;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Events.Contracts;
using Loyalty.Modularity;
using Loyalty.Passes.Parked;
using Loyalty.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Loyalty.Tests.Passes;

/// <summary>An event whose decision fails is parked; it holds up its own account and nobody else.</summary>
public sealed class ParkedTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("loyalty-poison-");
    private WebApplication app = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IInbox Inbox => app.Services.GetRequiredService<IInbox>();

    public async ValueTask InitializeAsync()
    {
        Poison.IsOut = false;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["EmbeddedStore:Path"] = Path.Combine(folder.FullName, "loyalty.db");
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules<PoisonModule>();
        app = builder.Build();
        app.UseModules();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(true);
    }

    [Fact]
    public async Task A_poison_event_is_parked_and_only_its_own_account_waits_until_it_is_retried()
    {
        await Inbox.AppendAsync([Visit("sick", "poison"), Visit("well", "w1"), Visit("sick", "s2")], Stop);
        await StatesAsync(("poison", EntryState.Parked), ("w1", EntryState.Done), ("s2", EntryState.Waiting));
        Assert.Equal((1m, 0m), (await VisitsAsync("well"), await VisitsAsync("sick")));

        Poison.IsOut = true;
        Assert.Equal([OutcomeStatus.Applied], await PostAsync(Of(new RetryParked.Body("poison"))));
        Assert.Equal([OutcomeStatus.Applied], await PostAsync(Visit("sick", "s3")));
        await Eventually.TrueAsync(async () => await VisitsAsync("sick") == 3, "what waited is applied");
        Assert.Equal(3, await VisitsAsync("sick"));
    }

    [Fact]
    public async Task A_discarded_event_lets_those_behind_it_through()
    {
        await Inbox.AppendAsync([Visit("sick", "poison"), Visit("sick", "s2")], Stop);
        await StatesAsync(("poison", EntryState.Parked), ("s2", EntryState.Waiting));
        Assert.Equal([OutcomeStatus.Applied], await PostAsync(Of(new DiscardParked.Body("poison"))));
        await Eventually.TrueAsync(async () => await VisitsAsync("sick") == 1, "what waited is applied");
        Assert.Equal(1, await VisitsAsync("sick"));
        Assert.Equal([OutcomeStatus.Rejected], await PostAsync(Of(new DiscardParked.Body("poison"))));
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_is_parked_and_nobody_else_waits()
    {
        Poison.IsOut = true;
        await PostAsync(Visit("broken", "b1"), Visit("well", "w1"));
        var documents = app.Services.GetRequiredService<IMongoDatabase>().GetCollection<BsonDocument>(AccountStore.Name);
        await documents.UpdateOneAsync(account => account["id"] == "broken", Builders<BsonDocument>.Update.Set("tags", "no list"), cancellationToken: TestContext.Current.CancellationToken);

        await Inbox.AppendAsync([Visit("well", "w2"), Visit("broken", "poison"), Visit("other", "o1"), Visit("well", "w3")], Stop);
        await StatesAsync(("w2", EntryState.Done), ("poison", EntryState.Parked), ("o1", EntryState.Done), ("w3", EntryState.Done));
        Assert.Equal((3m, 1m), (await VisitsAsync("well"), await VisitsAsync("other")));

        await documents.UpdateOneAsync(account => account["id"] == "broken", Builders<BsonDocument>.Update.Set("tags", new BsonArray()), cancellationToken: TestContext.Current.CancellationToken);
        await PostAsync(Of(new RetryParked.Body("poison")));
        await Eventually.TrueAsync(async () => await VisitsAsync("broken") == 2, "what was parked is applied");
        Assert.Equal(2, await VisitsAsync("broken"));
    }

    private async Task<OutcomeStatus[]> PostAsync(params NewEntry[] entries) =>
        [.. (await Inbox.PostAsync(entries, CancellationToken.None)).Select(outcome => outcome.Status)];

    private async Task<decimal> VisitsAsync(string account) =>
        (await app.Services.GetRequiredService<AccountStore>().FindAsync("demo", account, CancellationToken.None))?.Counter("visits") ?? 0;

    private async Task StatesAsync(params (string EventId, EntryState State)[] wanted)
    {
        var inbox = app.Services.GetRequiredService<InboxStore>();
        foreach (var (eventId, state) in wanted)
        {
            var id = EntryId.Of("demo", eventId);
            await Eventually.TrueAsync(
                async () => (await inbox.FindAsync([id], Stop)).GetValueOrDefault(id)?.State == state, $"{eventId} is {state}");
        }
    }

    private static NewEntry Visit(string account, string id) => new("demo", id, "COUNTERS", account, DateTimeOffset.UnixEpoch,
        JsonSerializer.Serialize(new CountersEvent { Account = account, Counters = new Dictionary<string, decimal> { ["visits"] = 1 } }, JsonSettings.Options));

    private static NewEntry Of(object body) => NewEntry.Once("demo", body, DateTimeOffset.UnixEpoch);

    [DependsOn(typeof(AccountsModule))]
    private sealed class PoisonModule : AppModule
    {
        public override void ConfigureServices(ModuleContext context) =>
            context.Services.AddSingleton<INotificationHandler<AccountChanged>, Poison>();
    }

    private sealed class Poison : INotificationHandler<AccountChanged>
    {
        public static bool IsOut { get; set; }

        public Task Handle(AccountChanged notification, CancellationToken cancellationToken) =>
            notification.Pass.Entry.EventId == "poison" && !IsOut ? throw new InvalidOperationException("poison") : Task.CompletedTask;
    }
}
