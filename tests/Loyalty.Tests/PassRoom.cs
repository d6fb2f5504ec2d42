using System.Text.Json;
using System.Text.RegularExpressions;
using Loyalty.Accounts;
using Loyalty.Accounts.Contracts;
using Loyalty.Campaigns;
using Loyalty.Events;
using Loyalty.Events.Contracts;
using Loyalty.Messaging;
using Loyalty.Modularity;
using Loyalty.Mongo;
using Loyalty.Stats;
using Loyalty.Time;
using Loyalty.Web;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace Loyalty.Tests;

/// <summary>
/// Decides entries as a host does, with the real decider and the real listeners, in passes of any size. What a pass writes is kept as
/// BSON and read again by the next one, so only what would be stored lives on.
/// </summary>
internal sealed class PassRoom
{
    public const string Tenant = "demo";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SortedDictionary<string, SortedDictionary<string, BsonDocument>> stored = new(StringComparer.Ordinal);
    private readonly Decider decider;
    private long passes;
    private long entries;

    public PassRoom(params IEnumerable<Campaign> campaigns)
    {
        MongoConventions.Register();
        var services = new ServiceCollection();
        new MessagingModule().ConfigureServices(new ModuleContext(services, null!, null!));
        foreach (var module in new[] { typeof(AccountsModule), typeof(CampaignsModule), typeof(StatsModule) })
            services.AddNotificationHandlers(module.Assembly);
        var mediator = services.BuildServiceProvider().GetRequiredService<IMediator>();
        decider = new Decider(
            mediator, [new RoomPart(this, mediator), new OutboxPart(new OutboxSignal()), new WalletPart(), new RoomNotices(this), new RoomStats(this)],
            new PositionClock(new FakeTimeProvider(Start)), new EventsOptions(), NullLogger<Decider>.Instance);
        foreach (var campaign in campaigns)
            Store(campaign);
    }

    /// <summary>The tenant's zone.</summary>
    public Zone Zone { get; set; } = Zone.Of("Europe/Warsaw");

    public LoyaltySettings Settings { get; set; } = new()
    {
        Tenant = Tenant,
        PushWebhookUrl = "https://push.example.com",
        PushWebhookSecret = "a-secret-of-the-room",
        WalletUrl = "https://wallet.example.com",
        WalletSecret = "a-secret-of-the-room",
    };

    /// <summary>When the last entry was accepted.</summary>
    public DateTimeOffset Now => Start.AddSeconds(entries) + Ahead;

    /// <summary>How far the clock has been moved on.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Lets time pass before the next entry.</summary>
    public void Wait(TimeSpan time) => Ahead += time;

    /// <summary>An event, accepted a second after the one before it.</summary>
    /// <param name="secondsAgo">How long before that it happened.</param>
    public InboxEntry Event(LoyaltyEvent happened, double secondsAgo = 0)
    {
        var kind = LoyaltyEvent.Kinds.Single(kind => kind.Value == happened.GetType()).Key;
        return Entry(kind, happened, happened.Account, happened.Card, secondsAgo);
    }

    public InboxEntry Entry(string kind, object body, string? account = null, string? card = null, double secondsAgo = 0)
    {
        entries++;
        var acceptedAt = Now;
        return InboxEntry.Of(
            new NewEntry(Tenant, $"e{entries}", kind, account, card, acceptedAt.AddSeconds(-secondsAgo), JsonSerializer.Serialize(body, body.GetType(), JsonSettings.Options)),
            acceptedAt, entries);
    }

    /// <summary>An entry as the door has made it.</summary>
    public InboxEntry Entry(NewEntry entry)
    {
        entries++;
        return InboxEntry.Of(entry, Now, entries);
    }

    /// <summary>Decides entries in one pass. Note: an entry that would be parked fails the test, with the reason.</summary>
    public IReadOnlyList<Outcome> Decide(IEnumerable<InboxEntry> inbox)
    {
        var decision = decider.DecideAsync([.. inbox], new HashSet<string>(), CancellationToken.None).GetAwaiter().GetResult();
        decider.Remember(decision);
        foreach (var writes in decision.Pass.Writes(++passes))
        {
            foreach (var document in writes.Insertions.Where(document => !Has(writes.Collection, document)).Concat(writes.Replacements))
                Keep(writes.Collection, BsonSerializer.Deserialize<BsonDocument>(document.ToBson()));
            Blank(writes);
        }
        return [.. decision.Marks.Select(mark => mark.State == EntryState.Done ? mark.Outcome : throw new InvalidOperationException($"{mark.State}: {mark.Error}"))];
    }

    public Outcome Decide(LoyaltyEvent happened, double secondsAgo = 0) => Decide(Event(happened, secondsAgo));

    public Outcome Decide(InboxEntry entry) => Decide([entry])[0];

    public void Store(Campaign campaign) => Keep(CampaignStore.Name, campaign.ToBsonDocument());

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

    public IEnumerable<LedgerEntry> Ledger => All<LedgerEntry>(Wallets.Name);

    /// <summary>Follow-up entries that passes have appended and that are not decided yet.</summary>
    public IReadOnlyList<InboxEntry> TakeFollowUps()
    {
        InboxEntry[] appended = [.. All<InboxEntry>(InboxStore.Name).OrderBy(entry => entry.Position)];
        stored.Remove(InboxStore.Name);
        return appended;
    }

    /// <summary>Everything that is stored but the numbers of passes, with names in place of what is random and without what an erasure leaves empty.</summary>
    public string Everything()
    {
        var lines = stored.SelectMany(collection => collection.Value.Values.Where(IsFull).Select(document => $"{collection.Key} {Timeless(document).ToJson()}"));
        var text = string.Join('\n', lines);
        foreach (var coupon in Coupons)
            text = text.Replace(coupon.Code, $"coupon-of-{NameOf(Account(coupon.Account))}-in-{coupon.Campaign}-since-{coupon.GivenAt:HHmmss}", StringComparison.Ordinal);
        foreach (var id in Notices.Select(notice => notice.Id).Concat(Outbox.Select(item => item.Id)).Concat(Ledger.Select(entry => entry.Id)))
            text = text.Replace(id, "cause", StringComparison.Ordinal);
        foreach (var account in Accounts)
            text = text.Replace(account.Id, NameOf(account), StringComparison.Ordinal)
                .Replace(account.Incarnation, $"life-of-{NameOf(account)}", StringComparison.Ordinal)
                .Replace(account.Mgm, $"mgm-of-{NameOf(account)}", StringComparison.Ordinal);
        text = Regex.Replace(text, "\"incarnation\" : \"[0-9a-f]{32}\"", "\"incarnation\" : \"erased\"");
        return string.Join('\n', text.Split('\n').Order(StringComparer.Ordinal));
    }

    /// <summary>Documents in an order that changes from pass to pass: nothing may depend on it.</summary>
    internal IEnumerable<T> All<T>(string collection)
    {
        var documents = stored.GetValueOrDefault(collection)?.Values.Select(document => BsonSerializer.Deserialize<T>(document)) ?? [];
        return passes % 2 == 0 ? documents : documents.Reverse();
    }

    private static string NameOf(Account account) => Guid.TryParse(account.Id, out _) ? $"holder-of-{account.Card}" : account.Id;

    private static bool IsFull(BsonDocument document) => !document.Contains("expireAt") && !(document.ElementCount <= 2 && document.Contains("lastPass"));

    private static BsonDocument Timeless(BsonDocument document)
    {
        var copy = (BsonDocument)document.DeepClone();
        copy.Remove("lastPass");
        return copy;
    }

    private bool Has(string collection, BsonDocument document) => stored.GetValueOrDefault(collection)?.ContainsKey(document["_id"].AsString) == true;

    /// <summary>Applies the one kind of wide update whose effect a later pass could see: what an erasure does to the outbox.</summary>
    private void Blank(CollectionWrites writes)
    {
        foreach (var update in writes.Updates.Where(_ => writes.Collection == OutboxStore.Name))
            foreach (var item in stored.GetValueOrDefault(writes.Collection)?.Values.ToArray() ?? [])
                if (update.Filter.Where(part => part.Value.IsString).All(part => item.GetValue(part.Name, BsonNull.Value) == part.Value))
                    Keep(writes.Collection, Updated(item, update.Update));
    }

    private static BsonDocument Updated(BsonDocument document, BsonDocument update)
    {
        document = ((BsonDocument)document.DeepClone()).Merge(update.GetValue("$set", new BsonDocument()).AsBsonDocument, overwriteExistingElements: true);
        foreach (var field in update.GetValue("$unset", new BsonDocument()).AsBsonDocument.Names)
            document.Remove(field);
        return document;
    }

    private void Keep(string collection, BsonDocument document)
    {
        if (!stored.TryGetValue(collection, out var documents))
            stored.Add(collection, documents = new SortedDictionary<string, BsonDocument>(StringComparer.Ordinal));
        documents[document["_id"].AsString] = document;
    }
}
