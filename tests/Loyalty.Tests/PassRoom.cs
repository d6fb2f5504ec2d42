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
        decider = new Decider(
            services.BuildServiceProvider().GetRequiredService<IMediator>(), [new RoomPart(this), new StatsPart()],
            new PositionClock(new FakeTimeProvider(Start)), new EventsOptions(), NullLogger<Decider>.Instance);
        foreach (var campaign in campaigns)
            Store(campaign);
    }

    /// <summary>An event, accepted a second after the one before it.</summary>
    /// <param name="secondsAgo">How long before that it happened.</param>
    public InboxEntry Event(LoyaltyEvent happened, double secondsAgo = 0)
    {
        var kind = LoyaltyEvent.Kinds.Single(kind => kind.Value == happened.GetType()).Key;
        return Entry(kind, happened, happened.Account, happened.Card, secondsAgo);
    }

    public InboxEntry Entry(string kind, object body, string? account = null, string? card = null, double secondsAgo = 0)
    {
        var acceptedAt = Start.AddSeconds(++entries);
        return InboxEntry.Of(
            new NewEntry(Tenant, $"e{entries}", kind, account, card, acceptedAt.AddSeconds(-secondsAgo), JsonSerializer.Serialize(body, body.GetType(), JsonSettings.Options)),
            acceptedAt, entries);
    }

    /// <summary>Decides entries in one pass. Note: an entry that would be parked fails the test, with the reason.</summary>
    public IReadOnlyList<Outcome> Decide(IEnumerable<InboxEntry> inbox)
    {
        var decision = decider.DecideAsync([.. inbox], new HashSet<string>(), CancellationToken.None).GetAwaiter().GetResult();
        foreach (var writes in decision.Pass.Writes(++passes))
            foreach (var document in writes.Insertions.Concat(writes.Replacements))
                Keep(writes.Collection, BsonSerializer.Deserialize<BsonDocument>(document.ToBson()));
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

    public IEnumerable<OrderRecord> Orders => All<OrderRecord>(OrderStore.Name);

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

    private void Keep(string collection, BsonDocument document)
    {
        if (!stored.TryGetValue(collection, out var documents))
            stored.Add(collection, documents = new SortedDictionary<string, BsonDocument>(StringComparer.Ordinal));
        documents[document["_id"].AsString] = document;
    }
}
