using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Auth;
using Loyalty.Campaigns;
using Loyalty.Campaigns.Contracts;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Outbox;
using Loyalty.Passes.Chains;
using Loyalty.Passes.Deciding;
using Loyalty.Passes.Records;
using Loyalty.Stats;
using Loyalty.Time;
using Loyalty.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Loyalty.Tests;

/// <summary>
/// Decides entries as a host does, with the real modules on a real store, in passes of any size. What a pass writes is read again by the next
/// one, through the loaders that a host uses.
/// </summary>
internal sealed class PassSimulator
{
    public const string Tenant = "demo";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider services;
    private readonly Decider decider;
    private readonly PassStore passes;
    private readonly BlockedKeys blocked = new();
    private CampaignSettings settings = new()
    {
        Tenant = Tenant,
        PushWebhookUrl = "https://push.example.com",
        PushWebhookSecret = "a-secret-of-the-simulator",
        WalletUrl = "https://wallet.example.com",
        WalletSecret = "a-secret-of-the-simulator",
        Quiet = null,
    };
    private IReadOnlyList<CollectionWrites> blanking = [];
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private Zone zone = Zone.Of("Europe/Warsaw");
    private long passNumber;
    private long entries;

    public PassSimulator(params IEnumerable<Campaign> campaigns)
    {
        services = Configure();
        decider = services.GetRequiredService<Decider>();
        passes = services.GetRequiredService<PassStore>();
        Settings = settings;
        foreach (var campaign in campaigns)
            Store(campaign);
    }

    public IMongoDatabase Database { get; } = SimulatorStore.NewDatabase();

    public IServiceProvider Services => services;

    /// <summary>The tenant's zone.</summary>
    public Zone Zone
    {
        get => zone;
        set
        {
            zone = value;
            Collection<Loyalty.Auth.Tenant>("auth.tenants").ReplaceOne(
                tenant => tenant.Id == Tenant, new Loyalty.Auth.Tenant(Tenant, "Demo", value.Id), new ReplaceOptions { IsUpsert = true });
            services.GetRequiredService<Tenants>().Forget(Tenant);
        }
    }

    public CampaignSettings Settings
    {
        get => settings;
        set
        {
            settings = value;
            services.GetRequiredService<TenantSettings<CampaignSettings>>().SaveAsync(value, CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    /// <summary>When the last entry was accepted.</summary>
    public DateTimeOffset Now => Start.AddSeconds(entries) + Ahead;

    /// <summary>How far the clock has been moved on.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Lets time pass before the next entry.</summary>
    public void Wait(TimeSpan time) => Ahead += time;

    /// <summary>An event, accepted a second after the one before it.</summary>
    /// <param name="secondsAgo">How long before that it happened.</param>
    public InboxEntry Event(LoyaltyEvent happened, double secondsAgo = 0) => Entry(happened, happened.Account, secondsAgo);

    /// <summary>An event that happened at that time, whenever it is accepted.</summary>
    public InboxEntry Event(LoyaltyEvent happened, DateTimeOffset at) => Event(happened) with { At = at };

    /// <param name="body">Its type names the kind of the entry.</param>
    public InboxEntry Entry(object body, string? subject = null, double secondsAgo = 0)
    {
        entries++;
        var text = JsonSerializer.Serialize(body, body.GetType(), JsonSettings.Options);
        return Accepted(new NewEntry(Tenant, $"e{entries}", EntryKindAttribute.Of(body.GetType()), subject, Now.AddSeconds(-secondsAgo), text));
    }

    /// <summary>An entry as the door has made it.</summary>
    public InboxEntry Entry(NewEntry entry)
    {
        entries++;
        return Accepted(entry);
    }

    /// <summary>
    /// Decides entries, beginning with one pass; what it leaves for the next pass is decided by further ones. Note: an entry that would be parked
    /// fails the test, with the reason.
    /// </summary>
    public IReadOnlyList<EventOutcome> Decide(IEnumerable<InboxEntry> inbox)
    {
        InboxEntry[] open = [.. inbox];
        string[] order = [.. open.Select(entry => entry.Id)];
        var outcomes = new Dictionary<string, EventOutcome>(StringComparer.Ordinal);
        while (open.Length > 0)
        {
            var updates = Pass(open);
            if (updates.FirstOrDefault(update => update.State != EntryState.Done) is { } undone)
                throw new InvalidOperationException($"{undone.State}: {undone.Error}");
            foreach (var update in updates)
                outcomes[update.Id] = EventOutcome.Of(update.Outcome);
            open = [.. open.Where(entry => !outcomes.ContainsKey(entry.Id))];
        }
        return [.. order.Select(id => outcomes[id])];
    }

    /// <summary>One pass, as the deciding host makes it: decided, recorded, written. Answers what the inbox is told.</summary>
    public IReadOnlyList<InboxUpdate> Pass(IReadOnlyList<InboxEntry> decided)
    {
        var decision = decider.DecideAsync(++passNumber, decided, blocked, CancellationToken.None).GetAwaiter().GetResult();
        var record = PassRecord.Of(decision, [], new PassRecord { Number = passNumber, Holder = "test", At = Now });
        record = BsonSerializer.Deserialize<PassRecord>(record.ToBytes());
        foreach (var writes in record.Writes)
            Assert.Empty(passes.ApplyAsync(writes, passNumber, CancellationToken.None).GetAwaiter().GetResult());
        blanking = [.. record.Blanking];
        decision.Pass.Remember();
        foreach (var update in decision.Updates.Where(update => update.Blocks))
            blocked.Add(update.Id, update.Position, update.Keys ?? []);
        return decision.Updates;
    }

    public EventOutcome Decide(LoyaltyEvent happened, double secondsAgo = 0) => Decide(Event(happened, secondsAgo));

    public EventOutcome Decide(InboxEntry entry) => Decide([entry])[0];

    /// <summary>Another host may have decided since: nothing is remembered from pass to pass.</summary>
    public void Forget() => decider.Forget();

    public void Store(Campaign campaign)
    {
        Collection<Campaign>(CampaignStore.Name).ReplaceOne(known => known.Key == campaign.Key, campaign, new ReplaceOptions { IsUpsert = true });
        Forget();
    }

    public void Store(Account account)
    {
        Collection<Account>(AccountStore.Name).ReplaceOne(known => known.Key == account.Key, account, new ReplaceOptions { IsUpsert = true });
        Forget();
    }

    /// <summary>What a module says about what it sends.</summary>
    public IOutboxChannel Channel(string name) => services.GetServices<IOutboxChannel>().Single(channel => channel.Name == name);

    public Account Account(string id) => Accounts.Single(account => account.Id == id);

    public IEnumerable<Account> Accounts => All<Account>(AccountStore.Name).Where(account => !account.IsErased);

    public IEnumerable<Coupon> Coupons => All<Coupon>(CouponStore.Name).Where(coupon => coupon.ExpireAt is null);

    public IEnumerable<Membership> Memberships => All<Membership>(MembershipStore.Name).Where(membership => membership.ExpireAt is null);

    public IEnumerable<Campaign> Campaigns => All<Campaign>(CampaignStore.Name);

    public IEnumerable<Fact> Facts => All<Fact>(FactStore.Name);

    public IEnumerable<SegmentMove> Moves => All<SegmentMove>(MoveStore.Name);

    public IEnumerable<CampaignDay> Days => All<CampaignDay>(DayStore.Name);

    public IEnumerable<CampaignTotal> Totals => All<CampaignTotal>(TotalStore.Name);

    public IEnumerable<SegmentDay> SegmentDays => All<SegmentDay>(SegmentDayStore.Name);

    public TenantSegments? Segments => All<TenantSegments>(SegmentStore.Name).SingleOrDefault();

    public IEnumerable<OrderRecord> Orders => All<OrderRecord>(OrderStore.Name);

    public IEnumerable<Notice> Notices => All<Notice>(NoticeStore.Name);

    public IEnumerable<OutboxItem> Outbox => All<OutboxItem>(OutboxStore.Name);

    public IEnumerable<LedgerEntry> Ledger => All<LedgerEntry>(LedgerStore.Name);

    public IEnumerable<Chain> Chains => All<Chain>(Chain.Collection);

    /// <summary>Follow-up entries that passes have appended and that are not decided yet.</summary>
    public IEnumerable<InboxEntry> FollowUps => All<InboxEntry>(InboxStore.Name).Where(entry => entry.State == EntryState.Pending).OrderBy(entry => entry.Position);

    /// <summary>Follow-up entries that are not decided yet: they are the caller's to decide.</summary>
    public IReadOnlyList<InboxEntry> TakeFollowUps()
    {
        InboxEntry[] appended = [.. FollowUps];
        Collection<InboxEntry>(InboxStore.Name).DeleteMany(entry => entry.State == EntryState.Pending);
        return appended;
    }

    /// <summary>Decides what stands in the inbox, follow-ups included, and leaves it there as decided, as a host does.</summary>
    public void DecideInInbox()
    {
        while (FollowUps.ToArray() is { Length: > 0 } pending)
        {
            var updates = Pass(pending);
            var inbox = services.GetRequiredService<InboxStore>();
            inbox.UpdateAsync(updates, passNumber, CancellationToken.None).GetAwaiter().GetResult();
            // Note: blanking follows the updates, as on a host.
            foreach (var blanked in blanking)
                Assert.Empty(passes.ApplyAsync(blanked, passNumber, CancellationToken.None).GetAwaiter().GetResult());
        }
    }

    /// <summary>Decides follow-ups, and theirs, until none is left. Answers how many passes it took.</summary>
    public int DecideFollowUps()
    {
        var began = passNumber;
        while (TakeFollowUps() is { Count: > 0 } appended)
            Decide(appended);
        return (int)(passNumber - began);
    }

    /// <summary>Lets time pass: whatever falls due meanwhile is decided at its time, with what follows from it.</summary>
    public void PassTime(TimeSpan time)
    {
        var end = Now + time;
        while (NextDue() is { } next && next < end)
        {
            if (next > Now)
                Ahead += next - Now;
            FallDue();
        }
        if (end > Now)
            Ahead += end - Now;
        FallDue();
    }

    /// <summary>Decides all that is due by now, with what follows from it.</summary>
    public void FallDue()
    {
        while (DueNow() is { Length: > 0 } due)
        {
            Decide(due.Select(item => Entry(item.Entry)).ToArray());
            DecideFollowUps();
        }
    }

    private DateTimeOffset? NextDue()
    {
        DateTimeOffset[] due = [.. NotAsked().Select(item => item.Point.At)];
        return due.Length == 0 ? null : due.Min();
    }

    private DueEntry[] DueNow()
    {
        var now = Now;
        DueEntry[] due = [.. NotAsked().Where(item => item.Point.At <= now)];
        asked.UnionWith(due.Select(item => item.Entry.Id));
        return due;
    }

    private IEnumerable<DueEntry> NotAsked() => services.GetServices<IDueSource>()
        .SelectMany(source => source.NextAsync(null, null, 500, CancellationToken.None).GetAwaiter().GetResult())
        .Where(item => !asked.Contains(item.Entry.Id));

    /// <summary>Everything that is stored but the numbers of passes, with names in place of what is random and without what an erasure leaves empty.</summary>
    public string Everything()
    {
        var names = Database.ListCollectionNames().ToList().Except([InboxStore.Name, Chain.Collection]);
        var lines = names.SelectMany(name => All<BsonDocument>(name).Where(IsFull).Select(document => $"{name} {Timeless(document).ToJson()}"));
        var text = string.Join('\n', lines);
        foreach (var coupon in Coupons)
            text = text.Replace(coupon.Code, $"coupon-of-{NameOf(Account(coupon.Account))}-in-{coupon.Campaign}-since-{coupon.GivenAt:HHmmss}", StringComparison.Ordinal);
        foreach (var id in Notices.Select(notice => notice.Id).Concat(Outbox.Select(item => item.Id)).Concat(Ledger.Select(entry => entry.Id)))
            text = text.Replace(id, "cause", StringComparison.Ordinal);
        foreach (var account in Accounts)
            text = text.Replace(account.Id, NameOf(account), StringComparison.Ordinal)
                .Replace(account.Incarnation, $"life-of-{NameOf(account)}", StringComparison.Ordinal)
                .Replace(account.Mgm, $"mgm-of-{NameOf(account)}", StringComparison.Ordinal);
        // Note: a claim's id is a hash, of an mgm code among others, which is drawn.
        text = Regex.Replace(text, "/mgm/[0-9a-f]+\"", "/mgm/hash\"");
        text = Regex.Replace(text, "\"incarnation\" : \"[0-9a-f]{32}\"", "\"incarnation\" : \"erased\"");
        return string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal));
    }

    internal IReadOnlyList<T> All<T>(string collection) => Collection<T>(collection).Find(FilterDefinition<T>.Empty).ToList();

    internal IMongoCollection<T> Collection<T>(string name) => Database.GetCollection<T>(name);

    private InboxEntry Accepted(NewEntry entry) => InboxEntry.Of(entry, Now, entries);

    private static string NameOf(Account account) => Guid.TryParse(account.Id, out _) ? $"holder-of-{account.Card}" : account.Id;

    private static bool IsFull(BsonDocument document) => !document.Contains("expireAt") && !(document.ElementCount <= 2 && document.Contains("lastPass"));

    private static BsonDocument Timeless(BsonDocument document)
    {
        var copy = (BsonDocument)document.DeepClone();
        copy.Remove("lastPass");
        return copy;
    }

    private ServiceProvider Configure()
    {
        var configuration = new ConfigurationBuilder().Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration).AddSingleton(Database).AddSingleton<TimeProvider>(new FakeTimeProvider(Start));
        collection.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddSingleton(new PassesOptions())
            .AddSingleton(new AuthSettings()).AddSingleton(new KeySeal(null));
        AuthModule.AddStores(collection, TimeSpan.FromDays(400));
        var context = new ModuleContext(collection, configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        new MessagingModule().ConfigureServices(context);
        PassesModule.AddEngine(collection);
        OutboxModule.AddToPasses(collection);
        foreach (var module in new AppModule[] { new EventsModule(), new AccountsModule(), new CampaignsModule(), new StatsModule() })
            module.ConfigureServices(context);
        collection.AddSingleton<IPassValues<TenantZone>>(new ZoneOfSimulator(this));
        return collection.BuildServiceProvider();
    }

    private sealed class ZoneOfSimulator(PassSimulator simulator) : IPassValues<TenantZone>
    {
        public Task<TenantZone> ReadAsync(string key, CancellationToken cancellationToken) => Task.FromResult(new TenantZone(simulator.Zone));
    }
}
