using Loyalty.Outbox;
using Loyalty.Tests.Accounts;
using Loyalty.Web.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Driver;

namespace Loyalty.Tests.Outbox;

/// <summary>Hosts at work on one outbox: what one has taken, the other leaves; order within an account; a clock that is moved.</summary>
public sealed class OutboxLineTests(AccountDatabase database) : IClassFixture<AccountDatabase>, IAsyncLifetime
{
    private const string Wallet = "wallet";

    private static readonly OutboxOptions Options = new();

    private readonly string tenant = $"t{Guid.NewGuid():N}";
    private readonly FakeTimeProvider time = new(PassSimulator.Start);
    private readonly List<string> received = [];
    private readonly WebApplication server = Server();
    private int status = 200;
    private string? retryAfter;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Receiver => Key.Of(tenant, Wallet);

    private string Url => server.Urls.Single();

    private IMongoCollection<OutboxItem> Stored => database.Database.GetCollection<OutboxItem>(OutboxStore.Name);

    public async ValueTask InitializeAsync()
    {
        server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            lock (received)
                received.Add(context.Request.Headers["Idempotency-Key"]!);
            await reader.ReadToEndAsync();
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
        });
        await server.StartAsync(Stop);
        await Store().CreateIndexesAsync(Stop);
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Many_of_one_account_go_in_order_and_do_not_hide_those_of_others()
    {
        await AddAsync(Enumerable.Range(0, 120).Select(order => Item("crowded", order)));
        await AddAsync([Item("other", 0)]);

        await Task.WhenAll(Line().RunAsync(Receiver, Stop), Line().RunAsync(Receiver, Stop));
        time.Advance(TimeSpan.FromSeconds(5));
        await Line().RunAsync(Receiver, Stop);

        Assert.Equal(121, received.Count);
        Assert.Equal(Enumerable.Range(0, 120).Select(order => Id("crowded", order)), received.Where(key => key != Id("other", 0)));
        Assert.True(received.IndexOf(Id("other", 0)) < 60, "It waited for the crowd.");
    }

    [Fact]
    public async Task What_waits_behind_one_that_failed_goes_after_it()
    {
        await AddAsync([Item("a", 0), Item("a", 1), Item("b", 0)]);
        status = 500;
        await Line().RunAsync(Receiver, Stop);
        Assert.Equal([Id("a", 0), Id("b", 0)], received.ToHashSet());
        Assert.Equal(2, received.Count);

        status = 200;
        await Line().RunAsync(Receiver, Stop);
        Assert.Equal(2, received.Count);
        time.Advance(TimeSpan.FromSeconds(6));
        await Line().RunAsync(Receiver, Stop);

        Assert.Equal([Id("a", 0), Id("a", 1)], received.Skip(2).Where(key => key != Id("b", 0)));
        Assert.Equal(3, await SettledAsync(OutboxStatus.Delivered));
    }

    [Fact]
    public async Task A_claim_keeps_others_away_until_it_runs_out()
    {
        await AddAsync([Item("a", 0)]);
        var dying = Store();
        var due = Assert.Single(await dying.DueAsync(Receiver, 10, Stop));
        Assert.NotNull(await dying.ClaimAsync(due));
        Assert.Null(await Store().ClaimAsync(due));

        await Line().RunAsync(Receiver, Stop);
        Assert.Empty(received);
        time.Advance(Options.Lease + TimeSpan.FromSeconds(1));
        await Line().RunAsync(Receiver, Stop);

        Assert.Single(received);
    }

    [Fact]
    public async Task After_the_last_attempt_it_is_a_dead_letter_and_resent_it_begins_anew()
    {
        await AddAsync([Item("a", 0)]);
        status = 503;
        for (var attempt = 0; attempt < Options.Attempts + 3; attempt++)
        {
            await Line().RunAsync(Receiver, Stop);
            time.Advance(TimeSpan.FromHours(5));
        }
        Assert.Equal(Options.Attempts, received.Count);
        var store = Store();
        var dead = Assert.Single(await store.ListAsync(tenant, OutboxStatus.Dead, 10, Stop));
        Assert.Contains("It was tried 16 times", dead.Why, StringComparison.Ordinal);

        status = 200;
        Assert.True(await store.ResendAsync(dead.Id, Stop));
        Assert.False(await store.ResendAsync(dead.Id, Stop));
        await Line().RunAsync(Receiver, Stop);

        Assert.Equal(1, await SettledAsync(OutboxStatus.Delivered));
    }

    [Fact]
    public async Task What_would_come_too_late_is_not_tried_any_more()
    {
        await AddAsync([Item("a", 0) with { Until = PassSimulator.Start.AddMinutes(1) }]);
        status = 500;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await Line().RunAsync(Receiver, Stop);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Single(received);
        Assert.Contains("it counts as missed", Assert.Single(await Store().ListAsync(tenant, OutboxStatus.Dead, 10, Stop)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_a_rest_gets_it()
    {
        await AddAsync(Enumerable.Range(0, 30).Select(number => Item($"a{number}", 0)));
        (status, retryAfter) = (429, "90");

        var rest = await Line().RunAsync(Receiver, Stop);

        Assert.Equal(PassSimulator.Start.AddSeconds(90), rest);
        Assert.InRange(received.Count, 1, Options.PerReceiver);
    }

    [Fact]
    public async Task Applying_the_pass_again_does_not_bring_back_what_was_delivered()
    {
        await AddAsync([Item("a", 0)]);
        await Line().RunAsync(Receiver, Stop);

        await Assert.ThrowsAsync<MongoBulkWriteException<OutboxItem>>(() => AddAsync([Item("a", 0)]));
        await Line().RunAsync(Receiver, Stop);

        Assert.Single(received);
    }

    [Fact]
    public async Task Every_receiver_that_has_something_to_come_is_found_and_no_other()
    {
        await AddAsync([Item("a", 0), Item("b", 0) with { Channel = "push", Receiver = Key.Of(tenant, "push") }]);
        var store = Store();

        Assert.Equal([Key.Of(tenant, "push"), Receiver], (await store.ReceiversAsync(Stop)).Where(receiver => receiver.StartsWith(tenant, StringComparison.Ordinal)));
        await Line().RunAsync(Receiver, Stop);

        Assert.DoesNotContain(Receiver, await store.ReceiversAsync(Stop));
    }

    private OutboxLine Line()
    {
        var channels = new OutboxChannels([new WalletOf(Url)]);
        return new OutboxLine(Store(), channels, new Delivery(channels, new OutboundRules(false, true), Options, time), new Appended(), Options, time);
    }

    private OutboxStore Store() => new(database.Database, Options, new OutboxSignal(), time);

    private string Id(string account, int order) => CauseId.Of(tenant, account, $"{order:0000}");

    private OutboxItem Item(string account, int order) => new()
    {
        Id = Id(account, order),
        Tenant = tenant,
        Channel = Wallet,
        Receiver = Receiver,
        Lane = $"{Receiver}/{account}",
        Order = order,
        Subject = account,
        Incarnation = account,
        Body = "{}",
        CreatedAt = PassSimulator.Start,
        NextAt = PassSimulator.Start,
    };

    private Task AddAsync(IEnumerable<OutboxItem> items) => Stored.InsertManyAsync(items, cancellationToken: Stop);

    private Task<long> SettledAsync(OutboxStatus wanted) => Stored.CountDocumentsAsync(item => item.Tenant == tenant && item.Status == wanted, cancellationToken: Stop);

    private static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private sealed class WalletOf(string url) : IOutboxChannel
    {
        public string Name => Wallet;

        public Task<OutboxTarget?> TargetOfAsync(OutboxItem item, CancellationToken cancellationToken) =>
            Task.FromResult<OutboxTarget?>(new(url, "a-secret-of-the-line"));
    }

    private sealed class Appended : IInbox
    {
        public Task<IReadOnlyList<Outcome>> PostAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AppendAsync(IReadOnlyList<NewEntry> entries, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
